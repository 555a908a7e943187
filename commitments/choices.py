"""Every vocabulary of the register, with its labels and bands. Nothing else in the code spells these words.

`Status.UNDERWAY == "underway"`; `.label` is in the reader's language; `.labels` has all of them.
"""

from enum import StrEnum

from commitments.languages import choose


class Vocabulary(StrEnum):
    """A closed list of codes. Members are written `value, 中文, English`."""

    labels: dict[str, str]

    def __new__(cls, value: str, zh: str = "", en: str = ""):
        member = str.__new__(cls, value)
        member._value_ = value
        member.labels = {"zh": zh, "en": en}
        return member

    @property
    def label(self) -> str:
        return choose(self.labels).text

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """For model fields; passed uncalled, so that a reworded label needs no migration."""
        return [(member.value, member.label) for member in cls]


class Kind(Vocabulary):
    PRINCIPLE = "principle", "原则", "Principle"
    PROPOSAL = "proposal", "建议", "Proposal"
    MEASURE = "measure", "举措", "Measure"
    COMPONENT = "component", "分项", "Part"
    OUTCOME = "outcome", "峰会共识", "Summit agreement"
    PRESS = "press", "会见记者时的表态", "Joint press statement"


class DocumentKind(Vocabulary):
    NEWS_REPORT = "news_report", "新闻报道", "News report"
    SPEECH = "speech", "讲话", "Speech"
    DECLARATION = "declaration", "宣言或公报", "Declaration or communiqué"
    PLAN = "plan", "规划或方案", "Plan"
    GOVERNMENT_REPORT = "government_report", "政府工作报告", "Government report"
    OTHER = "other", "其他", "Other"


class Target(Vocabulary):
    ONE_OFF = "one_off", "一次性", "One-off"
    CONTINUING = "continuing", "持续性", "Continuing"
    QUANTIFIED = "quantified", "量化", "Quantified"


class PassageRole(Vocabulary):
    PRIMARY = "primary", "首次表述", "First stated"
    RESTATED = "restated", "重申", "Restated"


class Band(Vocabulary):
    """What the public reads first: ten statuses in five words."""

    RESULTS = "results", "已见成果", "Visible results"
    IN_PROGRESS = "in_progress", "推进之中", "In progress"
    NONE_SEEN = "none_seen", "未见公开进展", "No public progress seen"
    NOT_ASSESSED = "not_assessed", "尚未或不作评估", "Not (yet) assessed"
    CHANGED = "changed", "已调整或终止", "Adjusted or ended"


class Status(Vocabulary):
    """Codebook version 1; what each asks of the evidence stands in rules/gates.py."""

    NOT_ASSESSED = "not_assessed", "尚未评估", "Not yet assessed"
    NO_EVIDENCE = "no_evidence", "未见直接证据", "No direct evidence found"
    NOT_STARTED = "not_started", "尚未启动", "Not begun"
    INITIATED = "initiated", "已启动（有文件或安排）", "Formal steps taken"
    UNDERWAY = "underway", "实施中", "Being carried out"
    SUBSTANTIAL = "substantial", "主体完成", "Largely delivered"
    COMPLETED = "completed", "已完成", "Delivered"
    SUSTAINED = "sustained", "已常态化", "Running regularly"
    SUPERSEDED = "superseded", "已由后续安排接替", "Replaced"
    DROPPED = "dropped", "已终止", "Discontinued"


# Shown instead of Status.NOT_ASSESSED where the commitment is not verifiable.
NOT_ASSESSABLE_LABELS = {"zh": "不作评估", "en": "Not assessable"}

STATUS_GLOSSES: dict[Status, dict[str, str]] = {
    Status.NOT_ASSESSED: {"zh": "尚无人作出判断，或无法判断", "en": "Nobody has judged it, or it cannot be judged"},
    Status.NO_EVIDENCE: {"zh": "已查找，未见直接材料", "en": "Looked for, nothing direct found"},
    Status.NOT_STARTED: {"zh": "有来源显示尚未开始", "en": "A source shows that it has not begun"},
    Status.INITIATED: {
        "zh": "已签文件、定机构、批资金或招标",
        "en": "A text signed, a body named, money approved or a tender called",
    },
    Status.UNDERWAY: {"zh": "已能看到交付", "en": "Delivery is visible"},
    Status.SUBSTANTIAL: {
        "zh": "主体已有，尚缺可列明的部分",
        "en": "The main deliverable exists, named parts are missing",
    },
    Status.COMPLETED: {"zh": "一次性或量化目标已交付", "en": "A one-off or quantified target is delivered"},
    Status.SUSTAINED: {"zh": "持续性事项，已核实一个完整周期", "en": "A continuing target, one full cycle verified"},
    Status.SUPERSEDED: {"zh": "由后续事项接替", "en": "Taken over by its successor"},
    Status.DROPPED: {"zh": "已明确终止", "en": "Ended explicitly"},
}

BAND_OF: dict[Status, Band] = {
    Status.COMPLETED: Band.RESULTS,
    Status.SUSTAINED: Band.RESULTS,
    Status.SUBSTANTIAL: Band.RESULTS,
    Status.UNDERWAY: Band.IN_PROGRESS,
    Status.INITIATED: Band.IN_PROGRESS,
    Status.NO_EVIDENCE: Band.NONE_SEEN,
    Status.NOT_STARTED: Band.NONE_SEEN,
    Status.NOT_ASSESSED: Band.NOT_ASSESSED,
    Status.SUPERSEDED: Band.CHANGED,
    Status.DROPPED: Band.CHANGED,
}


# The order of every legend and distribution.
FURTHEST_FIRST = (
    *(Status.COMPLETED, Status.SUSTAINED, Status.SUBSTANTIAL, Status.UNDERWAY, Status.INITIATED, Status.NOT_STARTED),
    *(Status.NO_EVIDENCE, Status.NOT_ASSESSED, Status.SUPERSEDED, Status.DROPPED),
)

# Recent movement is shown for these; it may be stored for two more.
MOVING = (Status.INITIATED, Status.UNDERWAY, Status.SUBSTANTIAL)
MAY_HAVE_MOMENTUM = (*MOVING, Status.COMPLETED, Status.SUSTAINED)


class StatusBasis(Vocabulary):
    ASSESSED = "assessed", "评估得出", "Assessed"
    COMPUTED = "computed", "总体进度（按举措推算）", "Overall (computed)"


class Momentum(Vocabulary):
    """The first three are judged and stored; the last three are computed for display."""

    ADVANCING = "advancing", "有新进展", "Advancing"
    STALLED = "stalled", "进展停滞", "Stalled"
    REVERSING = "reversing", "指标回落", "Indicator falling"
    QUIET = "quiet", "近期未见新动态", "Nothing new found lately"
    UNCHECKED = "unchecked", "尚未复查", "Not rechecked"
    OVERDUE = "overdue", "超过原定时间", "Past its date"

    @classmethod
    def judged(cls) -> list[tuple[str, str]]:
        return [(m.value, m.label) for m in JUDGED_MOMENTA]


JUDGED_MOMENTA = (Momentum.ADVANCING, Momentum.STALLED, Momentum.REVERSING)


class Confidence(Vocabulary):
    HIGH = "high", "较高", "High"
    MEDIUM = "medium", "中等", "Medium"
    LOW = "low", "较低", "Low"


class Verifiability(Vocabulary):
    VERIFIABLE = "verifiable", "可核查", "Verifiable"
    PARTLY = "partly", "部分可核查", "Partly verifiable"
    NOT_VERIFIABLE = "not_verifiable", "难以核查", "Hard to verify"


class EvidenceKind(Vocabulary):
    OFFICIAL = "official", "官方文件", "Official"
    MEDIA = "media", "媒体", "Media"
    ACADEMIC = "academic", "学术", "Academic"
    DATASET = "dataset", "数据集", "Dataset"
    OTHER = "other", "其他", "Other"


class Bearing(Vocabulary):
    """How a page bears on one commitment."""

    COMPLETION = "completion", "可证完成", "Shows completion"
    PROGRESS = "progress", "显示进展", "Shows progress"
    STALL = "stall", "显示停滞", "Shows a stall"
    CONTRADICTION = "contradiction", "信息不一致", "Conflicting information"
    CONTEXT = "context", "背景", "Context"


class Voice(Vocabulary):
    PROMISING_SIDE = "promising_side", "承诺方", "Promising side"
    PARTNER_SIDE = "partner_side", "合作方", "Partner side"
    INTERNATIONAL_BODY = "international_body", "国际组织", "International body"
    INDEPENDENT_MEDIA = "independent_media", "独立媒体", "Independent media"
    RESEARCH = "research", "研究机构", "Research"
    COMPANY = "company", "企业", "Company"
    UNCLEAR = "unclear", "不明确", "Unclear"


class PartyRole(Vocabulary):
    PROPOSER = "proposer", "提出方", "Proposer"
    PARTNER = "partner", "合作方", "Partner"
    HOST = "host", "主办方", "Host"
    LEAD = "lead", "牵头单位", "Lead body"


class CheckOutcome(Vocabulary):
    NOTHING = "nothing", "未找到", "Nothing found"
    NOTHING_NEW = "nothing_new", "未见新情况", "Nothing new found"
    SOMETHING = "something", "有新情况", "Something found"


class CandidateDecision(Vocabulary):
    """What an analyst made of a candidate of a draft register."""

    OPEN = "open", "待定", "Open"
    ACCEPTED = "accepted", "已采纳", "Accepted"
    RESTATES = "restates", "并入已有事项", "Restates an earlier one"
    REFUSED = "refused", "不采纳", "Not taken"
    REPLACED = "replaced", "已合并或拆分", "Merged or split"


class EarlierRelation(Vocabulary):
    """What an accepted candidate does to a commitment that was registered before."""

    RESTATES = "restates", "重申", "Says it again"
    SUCCEEDS = "succeeds", "接替", "Replaces it"


class NoteVisibility(Vocabulary):
    INTERNAL = "internal", "内部", "Internal"
    PUBLIC = "public", "公开", "Public"


class Publication(Vocabulary):
    """Of commitments, evidence and documents."""

    DRAFT = "draft", "草稿", "Draft"
    PUBLISHED = "published", "已发布", "Published"
    WITHDRAWN = "withdrawn", "已撤回", "Withdrawn"


class ReviewState(Vocabulary):
    """Of an assessment."""

    DRAFT = "draft", "草稿", "Draft"
    IN_REVIEW = "in_review", "待审", "In review"
    RETURNED = "returned", "退回修改", "Returned"
    APPROVED = "approved", "已核准", "Approved"
    PUBLISHED = "published", "已发布", "Published"
    WITHDRAWN = "withdrawn", "已撤回", "Withdrawn"


class ReportLength(Vocabulary):
    """Of a progress report: what matters on two pages, or every commitment with its sources."""

    BRIEF = "brief", "简版", "Brief"
    FULL = "full", "全文", "Full"


class EntryKind(Vocabulary):
    """A line of what was entered."""

    JUDGED = "judged", "评估", "Judgement"
    CORRECTED = "corrected", "更正", "Correction"
    BATCH = "batch", "成批录入的评估", "Judgements entered together"
    JUDGEMENT_WITHDRAWN = "judgement_withdrawn", "撤回评估", "Judgement withdrawn"
    COMMITMENT_WITHDRAWN = "commitment_withdrawn", "撤回事项", "Commitment withdrawn"
    EVIDENCE_WITHDRAWN = "evidence_withdrawn", "撤回证据", "Evidence withdrawn"
    DOCUMENT_WITHDRAWN = "document_withdrawn", "撤回来源文件", "Source withdrawn"


class Difference(Vocabulary):
    """Between two editions."""

    ADDED = "added", "新增", "Added"
    REMOVED = "removed", "移除", "Removed"
    CHANGED = "changed", "改变", "Changed"


class OgpCompletion(Vocabulary):
    """The Open Government Partnership's completion scale; derived, never typed."""

    NOT_STARTED = "not_started", "未开始", "Not Started"
    LIMITED = "limited", "有限", "Limited"
    SUBSTANTIAL = "substantial", "实质性", "Substantial"
    COMPLETE = "complete", "完成", "Complete"
    NO_EVIDENCE = "no_evidence", "无可用证据", "No Evidence Available"


class Rule(Vocabulary):
    """The rule of the codebook that a published status met; stored with the codebook's version."""

    NONE_NEEDED = "none_needed", "不作判断，无需证据", "No judgement, no evidence needed"
    CHECKED = "checked", "有核查记录", "A check is on record"
    ONE_SOURCE = "one_source", "至少 1 条证据", "At least one piece of evidence"
    ONE_CARRYING = (
        "one_carrying",
        "至少 1 条证据显示进展或完成",
        "At least one piece of evidence of progress or completion",
    )
    TWO_CARRYING = (
        "two_carrying",
        "至少 2 条证据显示进展或完成",
        "At least two pieces of evidence of progress or completion",
    )
    OFFICIAL_SOURCE = "official_source", "文件之后有日期的官方来源", "An official source dated after the document"
    TWO_ORIGINS = "two_origins", "文件之后有日期的两个独立来源", "Two independent sources dated after the document"


class FetchProblem(Vocabulary):
    """Why a page could not be read. The first six: we did not ask for it at all."""

    CHARACTERS = "characters", "网址含不允许的字符", "Characters that no address may have"
    SCHEME = "scheme", "不是 http 或 https 网址", "Not an http or https address"
    HOST = "host", "网址中没有有效的主机名", "No valid host in the address"
    PORT = "port", "端口不是 80 或 443", "Another port than 80 or 443"
    LENGTH = "length", "网址过长", "The address is too long"
    ADDRESS = "address", "主机不在公共互联网上", "The host is not on the public internet"
    NO_NAME = "no_name", "域名不存在", "No such host name"
    NAME_SERVICE = "name_service", "域名解析未成功", "The name service did not answer"
    CONNECT = "connect", "无法建立连接", "No connection"
    TIMEOUT = "timeout", "超时", "Out of time"
    TLS = "tls", "加密连接未建立", "The secure connection failed"
    PROTOCOL = "protocol", "服务器答复不合协议", "The server's answer breaks the protocol"
    ENCODING = "encoding", "内容编码无法识别", "An encoding that we cannot read"
    TOO_LARGE = "too_large", "内容过大", "The content is too large"
    HEADERS_TOO_LARGE = "headers_too_large", "响应头过大", "The headers are too large"
    TOO_MANY_REDIRECTS = "too_many_redirects", "跳转次数过多", "Too many redirects"


class LinkVerdict(Vocabulary):
    """What we know of the page behind a link; what leads to each stands in rules/link_health.py."""

    UNCHECKED = "unchecked", "尚未检查", "Not yet checked"
    OK = "ok", "可访问", "Reachable"
    TEMPORARY = "temporary", "暂时无法访问", "Out of reach for now"
    REFUSED = "refused", "拒绝自动访问", "Refuses automated visits"
    BLOCKS_ROBOTS = "blocks_robots", "不允许程序访问", "Closed to robots"
    MOVED = "moved", "网址已变更", "Moved to another address"
    CHANGED = "changed", "内容有变动", "Content has changed"
    DEAD = "dead", "已失效", "No longer there"
    NOT_ASKED = "not_asked", "网址不在访问范围", "An address that we do not open"


class ProbeEnd(Vocabulary):
    """How one visit ended."""

    ANSWERED = "answered", "有答复", "Answered"
    FAILED = "failed", "无答复", "No answer"
    NOT_ASKED = "not_asked", "未访问", "Not asked"
    ROBOTS = "robots", "robots.txt 不允许", "robots.txt forbids it"
    OFFLINE = "offline", "本机离线，不计入", "We were offline; it does not count"


class JobState(Vocabulary):
    QUEUED = "queued", "等待执行", "Waiting"
    RUNNING = "running", "执行中", "Running"
    DONE = "done", "已完成", "Done"
    FAILED = "failed", "未能完成", "Failed"
    NEEDS_PERSON = "needs_person", "待人工处理", "Needs a person"


class JobKind(Vocabulary):
    """What can be asked to run later; its work stands in actions/job_kinds.py."""

    VERIFY = "verify", "核对所存内容", "Verify what is stored"
    CHECK_LINKS = "check_links", "安排到期链接的检查", "Ask for the links that are due"
    CHECK_LINK = "check_link", "检查链接", "Check a link"
    REPORT = "report", "生成报告", "Make a report"
    CATCH_UP = "catch_up", "更新检索与统计", "Bring search and counts up to date"
    RELATE = "relate", "提取关键词和相关事项", "Find keywords and related commitments"
