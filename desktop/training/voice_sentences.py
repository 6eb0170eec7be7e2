"""Sentences to read aloud, so that the hearing learns how one person speaks."""

from __future__ import annotations

_ENGLISH = """\
Could you turn the kitchen light on, please?
My doctor's appointment is on Thursday at half past nine.
Please read the label on this bottle to me.
I would like a large cup of tea without sugar.
What is the weather going to be like tomorrow?
The blue folder lies under the newspaper.
Call my sister and tell her that I am home.
How many tablets may I take in one day?
The train leaves from platform seventeen.
Please remind me to water the plants this evening.
He bought three fresh fish at the market.
Is there somebody standing in front of the door?
Which of these two jackets is the darker one?
The quick thief vanished through the narrow street.
Write down that we need bread, cheese and onions.
Please speak a little slower and louder.
She usually measures the vegetables very carefully.
Their garden is full of yellow roses in July.
I cannot find my glasses anywhere in the house.
What does the sign above the entrance say?
The children laughed and jumped over the puddles.
My phone number ends in four, eight, zero, six.
Please stop, that was not what I asked for.
The bus was late because of the thick fog.
Open the window a bit, it is much too warm.
Where did I put the keys this morning?
A good joke makes the longest journey shorter.
They chose the cheapest chair in the shop.
Please say that once more, I did not hear it.
Thank you very much, and good night."""

_CHINESE = """\
请把厨房的灯打开。
我星期四上午九点半要去看医生。
请把这个瓶子上的标签读给我听。
我想要一大杯不加糖的茶。
明天的天气会怎么样？
蓝色的文件夹在报纸下面。
给我姐姐打电话，说我到家了。
这种药一天最多可以吃几片？
火车从十七号站台出发。
今天晚上请提醒我给花浇水。
他在市场买了三条新鲜的鱼。
门口是不是站着一个人？
这两件外套哪一件颜色更深？
小偷很快消失在狭窄的街道里。
请记下来，我们要买面包、鸡蛋和洋葱。
请说得慢一点，声音大一点。
她总是仔细地称蔬菜的重量。
七月里他们的花园开满了黄玫瑰。
我在家里到处都找不到眼镜。
门口上面的牌子写的是什么？
孩子们笑着跳过了水坑。
我的电话号码最后四位是四八零六。
请停下来，我问的不是这个。
因为大雾，公共汽车来晚了。
把窗户打开一点，屋里太热了。
今天早上我把钥匙放在哪里了？
一个好笑话能让长路变短。
他们在商店里选了最便宜的椅子。
请再说一遍，我没有听清楚。
非常感谢，晚安。"""


def sentences(language: str) -> tuple[str, ...]:
    """What to read, in order; English where there is none in this language."""
    return tuple((_CHINESE if language == "zh" else _ENGLISH).splitlines())
