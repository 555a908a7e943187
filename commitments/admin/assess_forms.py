"""The fields of the one screen for a dated status: judgement, evidence at hand and brought along, note."""

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from commitments.actions.evidence import known_page, publisher_of_host
from commitments.admin.versions import VersionedForm
from commitments.choices import Bearing, Confidence, EvidenceKind, Momentum, NoteVisibility, Status
from commitments.models import Assessment, Evidence, Note, Publisher
from commitments.today import today

LONG = {"rows": 4, "class": "vLargeTextField"}
SHORT = {"rows": 2, "class": "vLargeTextField"}
WIDE = {"class": "vLargeTextField"}


class StepForm(VersionedForm):
    """`version` is the commitment's."""

    status = forms.ChoiceField(label=gettext_lazy("status"), choices=Status.choices, widget=forms.RadioSelect)
    momentum = forms.ChoiceField(
        label=gettext_lazy("recent movement"),
        choices=lambda: [("", pgettext_lazy("recent movement", "not judged")), *Momentum.judged()],
        required=False,
        widget=forms.RadioSelect,
    )
    confidence = forms.ChoiceField(
        label=gettext_lazy("confidence"), choices=Confidence.choices, widget=forms.RadioSelect
    )
    is_editorial = forms.TypedChoiceField(
        label=gettext_lazy("what is corrected"),
        choices=[
            ("0", gettext_lazy("the substance: it stands among the changes")),
            ("1", gettext_lazy("the wording only: it is on record, and no news")),
        ],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        initial="0",
    )
    evidence = forms.ModelMultipleChoiceField(Evidence.objects.none(), label=gettext_lazy("evidence"), required=False)

    class Meta:
        model = Assessment
        fields = ("status", "momentum", "confidence", "as_of", "rationale_zh", "rationale_en")
        widgets = {
            "as_of": AdminDateWidget,
            "rationale_zh": forms.Textarea(attrs=LONG),
            "rationale_en": forms.Textarea(attrs=LONG),
        }

    def __init__(self, data=None, *args, commitment, bearing, **kwargs) -> None:
        self.commitment = commitment
        super().__init__(data, *args, **kwargs)
        if self.instance.corrects is None:
            self.fields.pop("is_editorial")
        else:
            self.initial["is_editorial"] = str(int(self.instance.is_editorial))
        self.fields["evidence"].queryset = Evidence.objects.filter(pk__in=[row["evidence"].pk for row in bearing])
        cites = self.instance if self.instance.pk else self.instance.corrects
        if cites:
            self.initial["evidence"] = [row.pk for row in cites.evidence.all()]
        else:
            self.initial["as_of"] = today()

    def locked(self):
        return self.commitment


class FoundForm(forms.Form):
    """A page brought along; left empty it is not there."""

    url = forms.URLField(
        label=gettext_lazy("address"), max_length=1000, assume_scheme="https", widget=forms.URLInput(attrs=WIDE)
    )
    bears = forms.ChoiceField(label=gettext_lazy("bears as"), choices=lambda: [("", "–"), *Bearing.choices()])
    title = forms.CharField(
        label=gettext_lazy("title"), max_length=500, required=False, widget=forms.TextInput(attrs=WIDE)
    )
    publisher = forms.CharField(
        label=gettext_lazy("publisher"), required=False, widget=forms.TextInput(attrs={**WIDE, "list": "publishers"})
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("kind"), choices=lambda: [("", "–"), *EvidenceKind.choices()], required=False
    )
    published_on = forms.DateField(label=gettext_lazy("dated"), required=False, widget=AdminDateWidget)
    summary_zh = forms.CharField(label=gettext_lazy("summary"), required=False, widget=forms.Textarea(attrs=SHORT))
    summary_en = forms.CharField(
        label=gettext_lazy("summary (English)"), required=False, widget=forms.Textarea(attrs=SHORT)
    )

    def clean(self) -> None:
        """A page that the register has already needs no more than its address and how it bears."""
        given = self.cleaned_data
        if not given.get("url") or known_page(given["url"]):
            return
        if not given.get("publisher") and (known := publisher_of_host(given["url"])):
            given["publisher"] = known.slug
        for name in ("publisher", "kind", "summary_zh"):
            if not given.get(name) and name not in self.errors:
                self.add_error(name, _("A new page needs this."))
        if given.get("publisher"):
            given["publisher"] = self._publisher(given["publisher"].strip())

    def _publisher(self, typed: str) -> Publisher | None:
        named = list(Publisher.objects.filter(name=typed)[:2]) or list(Publisher.objects.filter(slug=typed))
        if len(named) == 1:
            return named[0]
        sentence = (
            _("More than one publisher is called “%(name)s”; give its slug.")
            if named
            else _("There is no publisher “%(name)s” yet; add it first, with its origin and voice.")
        )
        self.add_error("publisher", sentence % {"name": typed})
        return None

    def evidence(self) -> Evidence:
        given = self.cleaned_data
        if isinstance(given["publisher"], str):  # an address that is known: only that counts
            return Evidence(url=given["url"])
        names = ("url", "title", "publisher", "kind", "published_on", "summary_zh", "summary_en")
        return Evidence(**{name: given[name] for name in names}, supports=given["bears"])


class NoteForm(forms.Form):
    text_zh = forms.CharField(label=gettext_lazy("note"), required=False, widget=forms.Textarea(attrs=SHORT))
    text_en = forms.CharField(label=gettext_lazy("note (English)"), required=False, widget=forms.Textarea(attrs=SHORT))
    visibility = forms.ChoiceField(
        label=gettext_lazy("visibility"), choices=NoteVisibility.choices, initial=NoteVisibility.INTERNAL.value
    )

    def note(self, commitment) -> Note | None:
        given = self.cleaned_data
        if not given["text_zh"] and not given["text_en"]:
            return None
        return Note(commitment=commitment, dated=today(), **given)
