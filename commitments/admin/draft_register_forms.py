"""What is asked about a document that somebody brings, and about one candidate of it."""

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.actions.draft_registers import LONGEST
from commitments.admin.refusals import RefusableForm
from commitments.admin.versions import VersionedForm
from commitments.choices import CandidateDecision, Kind
from commitments.extraction.files.refusals import LARGEST_FILE, MEBIBYTE
from commitments.models import Candidate, Commitment, Party, SourceDocument, Theme

LIVE = (CandidateDecision.OPEN, CandidateDecision.ACCEPTED)
MAY_HOLD = (Kind.PROPOSAL, Kind.MEASURE)
WIDE = {"class": "wide"}
LARGE = {"class": "vLargeTextField"}


class BringForm(RefusableForm):
    """A file or a pasted text, and the facts that a source document must have."""

    file = forms.FileField(
        label=gettext_lazy("file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".txt,.md,.html,.htm,.pdf,.docx"}),
    )
    pasted = forms.CharField(
        label=gettext_lazy("or the text itself"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, **LARGE}),
    )
    join_lines = forms.BooleanField(
        label=gettext_lazy("join broken lines"),
        required=False,
        initial=True,
        help_text=gettext_lazy(
            "Lines that a newspaper or a PDF broke in mid-sentence become paragraphs; page numbers and indents go. "
            "Without it the text is stored line by line as given."
        ),
    )
    url = forms.URLField(
        label=gettext_lazy("address"),
        required=False,
        max_length=1000,
        assume_scheme="https",
        widget=forms.URLInput(attrs=WIDE),
    )

    class Meta:
        model = SourceDocument
        fields = (
            *("slug", "kind", "title_zh", "title_en", "short_zh", "short_en", "issuer_zh", "issuer_en"),
            *("issued_on", "place_zh", "place_en", "url", "follow_up_until", "full_text_public"),
        )
        widgets = {
            "title_zh": forms.TextInput(attrs=WIDE),
            "title_en": forms.TextInput(attrs=WIDE),
            "issued_on": AdminDateWidget,
            "follow_up_until": AdminDateWidget,
        }
        help_texts = {
            "slug": gettext_lazy("Its name in addresses and in the ids of its commitments; it does not change."),
            "full_text_public": gettext_lazy("Otherwise readers see the quoted words alone."),
        }
        error_messages = {
            "slug": {
                "invalid": gettext_lazy("“%(value)s” is no slug: Latin letters, digits, hyphens and underscores only."),
                "unique": gettext_lazy("There is a source document with this slug already."),
            }
        }

    TEXT = ("file", "pasted", "join_lines")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        most = {"most": LARGEST_FILE // MEBIBYTE}
        self.fields["file"].help_text = _("TXT, MD, HTML, PDF or DOCX, up to %(most)d MB.") % most
        self.fields["pasted"].help_text = _("Up to %(most)d characters.") % {"most": LONGEST}

    def text_fields(self):
        return [self[name] for name in self.TEXT]

    def fact_fields(self):
        return [self[name] for name in self.fields if name not in self.TEXT]

    def clean_file(self):
        if (file := self.cleaned_data["file"]) and file.size > LARGEST_FILE:
            raise forms.ValidationError(too_large())
        return file

    def clean(self):
        given = super().clean()
        if self.errors.keys() & {"file", "pasted"}:
            return given
        if bool(given.get("file")) == bool((given.get("pasted") or "").strip()):
            sentence = _("Choose a file or paste the text: one of the two.")
            self.add_error("file", sentence)
        return given


def too_large() -> str:
    return _("The file is too large; allowed are %(most)d MiB.") % {"most": LARGEST_FILE // MEBIBYTE}


class NewCandidateForm(forms.Form):
    """What nothing found: its words, and where they start if they stand more than once."""

    quote = forms.CharField(label=gettext_lazy("words of the text"), widget=forms.Textarea(attrs={"rows": 2, **LARGE}))
    start = forms.IntegerField(label=gettext_lazy("starts at character"), required=False, min_value=0)
    kind = forms.ChoiceField(label=gettext_lazy("kind"), choices=Kind.choices, initial=Kind.MEASURE)


class CandidateForm(VersionedForm):
    start = forms.IntegerField(
        label=gettext_lazy("starts at character"),
        required=False,
        min_value=0,
        help_text=gettext_lazy("Only where these words stand more than once; otherwise the place is found."),
    )
    earlier_id = forms.CharField(
        label=gettext_lazy("earlier commitment"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("As “document/code”. Empty: this is new."),
    )

    class Meta:
        model = Candidate
        fields = (
            *("kind", "parent", "code", "title_zh", "title_en", "target", "due_on", "quote", "start"),
            *("themes", "parties", "relation"),
        )
        widgets = {
            "title_zh": forms.TextInput(attrs=WIDE),
            "title_en": forms.TextInput(attrs=WIDE),
            "due_on": AdminDateWidget,
            "quote": forms.Textarea(attrs={"rows": 4, **LARGE}),
            "themes": forms.SelectMultiple(attrs={"size": 5}),
            "parties": forms.SelectMultiple(attrs={"size": 5}),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        row = self.instance
        rows = Candidate.objects.filter(register=row.register_id, kind__in=MAY_HOLD, decision__in=LIVE)
        self.fields["parent"].queryset = rows.exclude(pk=row.pk).order_by("start", "-end")
        if row.earlier:
            self.initial["earlier_id"] = row.earlier.natural_id
        for name, model in (("themes", Theme), ("parties", Party)):
            if not model.objects.exists():
                del self.fields[name]

    def _post_clean(self) -> None:
        """The end of the quote is the action's to find."""
        self.instance.clean = lambda: None
        super()._post_clean()
        del self.instance.clean

    def clean_earlier_id(self):
        given = self.cleaned_data["earlier_id"].strip()
        if not given:
            self.instance.earlier = None
            return given
        slug, _slash, code = given.partition("/")
        found = Commitment.objects.filter(document__slug=slug, code=code).select_related("document").first()
        if found is None:
            sentence = _("There is no commitment “%(given)s”; write it as “document/code”.")
            raise forms.ValidationError(sentence % {"given": given[:60]})
        self.instance.earlier = found
        return given

    def tags(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("themes", "parties") if name in self.fields}
