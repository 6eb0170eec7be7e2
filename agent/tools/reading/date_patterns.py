"""How people ask for the time, the date and the days between, in English and Chinese."""

from __future__ import annotations

import re

TIME = re.compile(
    r"(?:(?:do you know |tell me |can you tell me )?what(?:'s"
    r"| is)?(?: the)?(?: current| exact)? time(?: is it| it is)?"
    r"|what time(?: is it| have you got| do you have| is it there)?"
    r"|(?:have you got|do you have|got) the time|tell me the (?:current )?time"
    r"|the time|how late is it|time check|current time|time)"
    r"(?: right now| right| now| at the moment| currently| here| exactly)*"
    r"|(?:请问|那)?(?:现在是?|目前|当前|这会儿|北京时间)?(?:是"
    r"|的)?(?:几点钟?|什么时间|什么时候|时间|几时)(?:了|啦"
    r"|钟)*|(?:现在)?(?:是)?几点(?:了|钟了|啦)?|报时|看一?下时间",
    re.I,
)
PLACE = re.compile(
    r"(?:what(?:'s| is)? the time|what time is it|time)(?: right now"
    r"| now)? in (?P<place>[a-z .]{3,30})|(?P<zh>[\u4e00-\u9fff]{2,6})现在(?:是)?几点(?:了"
    r"|钟)?",
    re.I,
)
TODAY = re.compile(
    r"(?:what(?:'s| is)? (?:the |today's )?(?:date|day)|(?:the "
    r"|today's )?date|today's day)(?: is it| of the week| of the week is it"
    r"| of the month)?(?: today| now| it is| is it)*(?: today)?"
    r"|(?:and )?(?:what|which) (?:week)?day(?: of the week"
    r"| of the month)?(?: is it| it is| is today| today is"
    r"| do we have| have we got)?(?: today| now)*"
    r"|what(?:'s| is) today(?:'s date)?|what(?:'s| is) the day today"
    r"|(?:what|which) (?:month|year)(?: is it| are we in| is this)(?: now)?"
    r"|today's date|the date(?: today)?"
    r"|(?:请问|那)?(?:今天|今日|现在)?(?:是)?(?:几月几[号日]"
    r"|几[号日]|星期几|周几|礼拜几|什么日子|什么日期|哪天"
    r"|几月|哪年|哪一年|几年)(?:了|啊|呀|几号)*|(?:今天)?(?:的)?日期",
    re.I,
)
THAT_DAY = re.compile(
    r"(?:and )?(?:what|which) (?:week)?day(?: of the week)? (?:will"
    r"|is|was|would) (?:that|it)(?: be| fall on| on)?|(?:on )?(?:what"
    r"|which) (?:week)?day(?: of the week)? does (?:that|it) fall(?: on)?"
    r"|(?:and )?(?:what|which) (?:week)?day(?: of the week)? (?:was"
    r"|is) (?:he|she|it|i|that) (?:born|on)(?: on)?|which day is that"
    r"|weekday|那(?:一?天)?(?:是)?(?:星期|周|礼拜)几",
    re.I,
)
WEEKDAY = re.compile(
    r"\b(?:what|which) (?:week)?days?(?: of the week)?\b|\bwhat day\b"
    r"|\bon which (?:week)?day\b|\bwhich weekday\b|星期几"
    r"|周几|礼拜几",
    re.I,
)
COUNT = re.compile(
    r"\bhow (?:many (?P<unit>days?|weeks?|nights?|sleeps|months)"
    r"|long|much time)\b|\bcount the days\b|\bdays (?:until"
    r"|till|to|between|since)\b"
    r"|(?:还有|有|差|剩|相差|过了|距离?|离).{0,16}?(?:多少"
    r"|几)(?P<zh>天|个?星期|周|日)|多少天|几天|多久",
    re.I,
)
SINCE = re.compile(
    r"\b(?:until|till|til|to|before|from now|between|since"
    r"|from|ago|away|left|days old|are there|go by|is that"
    r"|count the)\b|到|离|距|还有|相差|之间|以来|过去|过了",
    re.I,
)
THEN = re.compile(
    r"how (?:many (?P<unit>days?|weeks?)|long|far(?: away)?)(?: exactly)? (?:(?:is"
    r"|are) (?:that|it|there)(?: from (?:now|today)| away"
    r"| off| until then| till then)*|(?:until|till|to) (?:then"
    r"|that)|have i (?:got )?until then|do i have(?: left)?(?: until then)?)"
    r"|(?:离|距离?|到)?(?:那天|那时)?还有(?:多少|几)天|还有多久",
    re.I,
)
ADD = re.compile(
    r"\b(?:what|which)(?:'s| is| will| would| was)?(?: the)? (?:date"
    r"|day)\b|\bwhen (?:is|will|was)\b|\bis when\b|\bwhat date\b"
    r"|几月几[号日]|是几[号日]|哪一?天|什么日期|什么日子|到期",
    re.I,
)
SHIFT = re.compile(
    r"(?P<count>\d+) ?(?P<unit>days?|weeks?|months?|years?"
    r"|天|周|个?星期|个?月|年) ?(?P<way>after|before|from"
    r"|之?后|以后|之?前)(?! now\b)\s*(?P<base>[^?]*)",
    re.I,
)
BORN = re.compile(r"\b(?:born|birthday was|date of birth)\b|出生|生于|生日是", re.I)
OLD = re.compile(
    r"\bhow old\b|\bwhat(?:'s| is) my age\b|\bhow many (?:days"
    r"|weeks|years)\b|多大|几岁|多少岁|多少天",
    re.I,
)
LEFT = re.compile(
    r"\bhow (?:long|much time|many (?:minutes|hours))\b.{0,40}?(?:\bgot\b"
    r"|\bleft\b|\bhave\b|\buntil\b|\btill\b|\bto go\b|\bbefore\b"
    r"|\bis (?:that|it)\b)"
    r"|还有多久|还有多长时间|还剩多久|还有多少分钟|还有几个?小时|多久.{0,4}到",
    re.I,
)
BARE_WEEKDAY = re.compile(
    r"(?:and )?(?:what|which) (?:week)?day(?: of the week)?(?: is (?:that|it))?"
    r"|(?:是)?(?:星期|周)几",
    re.I,
)
