"""Words of a question that tell little about its subject: some are left out where there are others, some weigh less."""

from commitments.text.bigrams import Phrase
from commitments.text.folding import key

_ZH = """
的 了 吗 呢 吧 啊 呀 嘛 么 着 过 地 得 之 其 所 者 是 否 在 和 与 及 或 以及 并 并且 而 而且 但
但是 对 对于 向 给 把 被 从 自 到 至 以 为 为了 于 由 由于 因 因为 所以 如果 这 那 这个 那个 这些
那些 它 他 她 我 你 我们 你们 他们 它们 都 也 又 再 才 只 就 还 还是 不 没 没有 有 有没有 是否
是不是 能 能否 能不能 可以 会 会不会 要 应 应该 什么 怎么 怎么样 怎样 如何 哪 哪些 哪个 哪里 哪儿 哪一步
多少 几 几个 几次 多久 多大 多长 什么时候 何时 何地 谁 由谁 为什么 为何 请问 想 知道 了解 告诉 请 现在
目前 当前 如今 已 已经 曾 曾经 将 正在 最近 最新 近期 之后 以后 以来 之前 方面 关于 有关 相关 等 等等
情况 进展 问题 内容 事项 哪一 一步 一些 一下 一个 这方面 那方面 做 做了 进行 采取 办法 措施 按时 按期
到底 究竟 真的 成果 效果 结果 落实 实施得 得怎么样 来 去 上 下 中 里 内 外 间 各 每 该 此 某 个 次
项 种 家 位 第 吗？ 跟 同 哪国 是什么 何 何种 若干
时候 时间 之间 以内 以外 其中 后来 起来 下来 出来 下去 过去 之类 搞 办 弄 做好 说 说过 听说 据说 提到 提出 承诺 承诺过
说好 答应 打算 准备 是不是真的 有人 大家 咱们 自己 人家 今年 去年 明年 当时 那时 这次 那次 上次 下次 一直 一共 总共
曾经 还要 还会 还有 又有 只有 有些 这么 那么 怎么办 咋样 咋 啥 为啥 哪个 哪年 哪一年 哪里 何处 哪方面 哪些人 多大
能不能够 可不可以 需要 必须 应当 按照 根据 通过 随着 以及 而言 来说 方式 方法 具体 主要 重要 新的 全部 所有 部分 其他
多远 其它
"""
_EN = """
a an the of in on at to for from by with and or as is are was were be been being has have had do does did how
many much what which who whom whose when where why will would can could should shall may might must it its
this that these those there their they them our we you your i any some all more most no not yet ever than then
into about between among up out s t re me my mine him his her hers he she us ours yours one ones anyone someone
anything something somewhere anywhere everyone else also just only really actually still already again soon later
now today currently recently far ago since until during while after before under over through against within
without toward towards upon per via each every both either neither such same other another others own so too very
much many lot lots bit kind sort way ways thing things part parts inside outside around whole general generally
yes okay please tell say says said know want like need needs get gets got getting give gives given go goes going
gone come comes came make makes made making take takes took taken keep keeps kept put set let see seen look use
used find found happen happens happened going done doing being become became anyway regularly exactly
promise promised promises agree agreed agrees pledge pledged plan plans planned intend intended commit committed
status progress update updates news result results outcome latest follow followed following year years month
months day days time times date
"""
# English words by their stem.
ENGLISH = frozenset(key(word) for word in _EN.split())
STOPWORDS = frozenset(key(word) for word in _ZH.split())
# Words of one sign that tell nothing by themselves.
NOT_ALONE = frozenset("abcefghijklmnopqrstuvwxyz0123456789")

_GENERIC = """
政策 安排 工作 项目 活动 建设 开展 推动 推进 加强 支持 鼓励 扩大 发展 提升 提供 建立 设立 成立 实施 制定
打造 实现 计划 方案 规划 领域 合作 增加 加快 提高 完善 深化 促进 增长 数量 规模 国家 地区 双方 各国
policy programme program project plan activity work
cooperation cooperate support promote strengthen develop
development build
"""
GENERIC = frozenset(key(word) for word in _GENERIC.split())


def weight_of(word: Phrase) -> float:
    """Words that any plan is made of say less about which one is meant."""
    return 0.4 if str(word) in GENERIC else 1.0
