"""The columns of the weekly update sheet, for its writer and its reader: names, headings and meanings."""

from commitments.choices import Vocabulary

YES = {"zh": "是", "en": "yes"}


class Column(Vocabulary):
    """In the order of the sheet. Headings are recognised in every language, and by the code."""

    ID = "id", "编号", "Id"
    TITLE = "title", "事项", "Title"
    CURRENT = "current_status", "当前状态", "Current status"
    STATUS = "new_status", "新状态", "New status"
    AS_OF = "as_of", "日期", "As-of date"
    MOMENTUM = "momentum", "近期动向", "Recent movement"
    CONFIDENCE = "confidence", "把握程度", "Confidence"
    RATIONALE_ZH = "rationale_zh", "评估依据", "Rationale (Chinese)"
    RATIONALE_EN = "rationale_en", "评估依据（英文）", "Rationale (English)"
    EVIDENCE = "evidence", "证据", "Evidence"
    NOTE_ZH = "note_zh", "备注", "Note (Chinese)"
    NOTE_EN = "note_en", "备注（英文）", "Note (English)"
    CHECKED = "checked", "已核查无变化", "Checked, no change"
    LOOKED = "looked", "查找范围", "Where we looked"
    VERSION = "version", "行版本", "Row version"


# Filled in by us; all others are the analyst's.
GIVEN = (Column.ID, Column.TITLE, Column.CURRENT, Column.VERSION)
NEEDED = (Column.ID, Column.VERSION)

MEANINGS: dict[Column, dict[str, str]] = {
    Column.ID: {"zh": "文件与编号，请勿改动。", "en": "Document and code; leave as it is."},
    Column.TITLE: {"zh": "仅供辨认，上传时不读取。", "en": "To recognise the row; not read on upload."},
    Column.CURRENT: {
        "zh": "下载时有效的状态，请勿改动；新的判断填入“新状态”。",
        "en": "In force when the sheet was made; leave as it is and fill in “New status”.",
    },
    Column.STATUS: {
        "zh": "只在有新的判断时填写；从下拉列表选择，也可填写代码。",
        "en": "Only where there is a new judgement; choose from the list, or write the code.",
    },
    Column.AS_OF: {
        "zh": "新状态自哪一天起成立，或哪一天核查；空白即上传当天。如 2026-11-20。",
        "en": "From when the new status holds, or when you looked; empty: the day of upload. Like 2026-11-20.",
    },
    Column.MOMENTUM: {"zh": "可不填。", "en": "May stay empty."},
    Column.CONFIDENCE: {
        "zh": "空白即沿用当前评估的把握程度。",
        "en": "Empty: the same as that of the present assessment.",
    },
    Column.RATIONALE_ZH: {"zh": "有新状态时必填。", "en": "Needed with a new status."},
    Column.RATIONALE_EN: {"zh": "可不填。", "en": "May stay empty."},
    Column.EVIDENCE: {
        "zh": "每行一条：证据编号或网址，须已在证据库中；尚未关联到本事项的，在后面空一格写明作用，如：E001 显示进展。",
        "en": "One per line: code or address of evidence that the register has; "
        "where it is not linked to the row yet, followed by how it bears, like: E001 Shows progress.",
    },
    Column.NOTE_ZH: {"zh": "内部备注，可单独填写。", "en": "An internal note; may stand alone."},
    Column.NOTE_EN: {"zh": "可不填。", "en": "May stay empty."},
    Column.CHECKED: {
        "zh": "查找过而没有新情况，填“是”，并写明查找范围。",
        "en": "“yes” where you looked and found nothing new; say where.",
    },
    Column.LOOKED: {
        "zh": "在哪里查找，核查时必填；与新状态一起填写时，另记一次核查。",
        "en": "Needed with a check; beside a new status it is recorded as a check too.",
    },
    Column.VERSION: {
        "zh": "下载时的版本，请勿改动；其间他人改过的行不会被覆盖。",
        "en": "Leave as it is: a row that someone changed since the sheet was made is not overwritten.",
    },
}
