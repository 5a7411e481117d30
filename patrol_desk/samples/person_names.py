"""Invented names of people; lists and weights were written for this program, nobody real is meant."""

from typing import Final

from patrol_desk.samples.draw import Draw

_SURNAMES: Final = (
    ("陈", 60), ("黄", 48), ("李", 48), ("梁", 36), ("张", 34), ("林", 32), ("王", 32), ("刘", 30), ("叶", 26),
    ("何", 24), ("吴", 24), ("罗", 20), ("周", 18), ("谢", 18), ("邓", 18), ("袁", 16), ("钟", 16), ("卢", 16),
    ("莫", 14), ("谭", 14), ("杨", 14), ("曾", 14), ("赵", 12), ("徐", 12), ("朱", 12), ("冯", 12), ("郑", 12),
    ("蔡", 10), ("苏", 10), ("方", 10), ("温", 10), ("简", 8), ("翟", 8), ("尹", 8), ("祁", 6), ("香", 3),
    ("车", 6), ("柯", 6), ("丁", 6), ("伍", 6), ("区", 8), ("骆", 6), ("闻", 3), ("姚", 6), ("范", 6),
    ("万", 6), ("孔", 5), ("麦", 8), ("霍", 5), ("古", 5), ("戴", 6), ("胡", 10), ("许", 10), ("郭", 10),
    ("马", 8), ("高", 8), ("宋", 8), ("唐", 8), ("曹", 7), ("彭", 8), ("石", 5), ("卜", 2), ("单", 2),
    ("仇", 1), ("解", 1), ("查", 1), ("乐", 1), ("欧阳", 5), ("司徒", 3), ("上官", 1),
)  # fmt: skip
_MALE: Final = (
    "伟民志强家俊子谦文辉国华建明嘉豪健生德昌立诚少棠浩然俊杰宇航景行思源启航永康海涛泽林天佑卓越鸿图树根桂庭兆麟锦荣"
    "炳坤耀东灿光润生伯平仲达承志柏年劲松振邦展鹏奕辰铭轩"
)
_FEMALE: Final = (
    "静怡可欣玉珠海珊秀珍佩仪桂香晓岚丽华美玲婉婷慧敏雅琴淑芬凤仪巧云月明春燕雪梅彩霞嘉雯诗韵紫晴若兰思雨梦洁佳琪艳红"
    "惠贞碧瑶金凤爱莲笑颜芷柔乐瑶曼妮倩文冬梅婵娟"
)
_RARE: Final = (
    "𬭊",
    "㛃",
    "𬱖",
    "𠮷",
    "𫖯",
    "𬬻",
    "𬭚",
    "𫟼",
    "𫍽",
    "𬘭",
    "𫓧",
    "𪨰",
    "𬍡",
    "𫘝",
    "㭎",
    "㳇",
    "䶮",
    "𬴊",
)
_GIVEN_MINORITY: Final = (
    "阿卜杜拉", "买买提", "艾尔肯", "吐尔逊", "古丽娜尔", "阿依夏木", "帕提古丽", "热合曼",
    "扎西", "卓玛", "巴特尔", "其其格",
)  # fmt: skip
_FATHER_MINORITY: Final = ("买买提", "吐尔洪", "卡德尔", "努尔", "萨迪克", "依明", "顿珠", "次仁", "苏荣", "达来")
_LONG: Final = ("阿卜杜热合曼·麦麦提艾力", "阿卜杜克热木·吐尔逊托合", "古丽米热阿依·阿卜杜外力")
_LATIN_GIVEN: Final = ("Anna", "Marco", "Lucia", "Peter", "Yusuf", "Emeka", "Sofia", "Tomas")
_LATIN_FAMILY: Final = ("Velarde", "Okonjo", "Lindqvist", "Marchetti", "Duarte", "Novakova", "Al-Rashidi", "Weiss")


def common_name(draw: Draw, *, female: bool) -> str:
    """Return a Chinese name of two to four characters."""
    pool = _FEMALE if female else _MALE
    given = draw.pick(pool)
    if not draw.chance(130):
        given += draw.pick(pool)
    return draw.weighted(_SURNAMES) + given


def rare_name(draw: Draw, number: int) -> str:
    """Return a name with a character that few fonts hold, most of them outside the basic plane."""
    rare = _RARE[number % len(_RARE)]
    surname = draw.weighted(_SURNAMES)
    return surname + (rare if draw.chance(400) else draw.pick(_MALE) + rare)


def minority_name(draw: Draw) -> str:
    """Return a name of two parts with a dot between."""
    return f"{draw.pick(_GIVEN_MINORITY)}·{draw.pick(_FATHER_MINORITY)}"


def long_name(number: int) -> str:
    """Return a name of twelve characters."""
    return _LONG[number % len(_LONG)]


def latin_name(draw: Draw) -> str:
    """Return a name in Latin letters."""
    return f"{draw.pick(_LATIN_GIVEN)} {draw.pick(_LATIN_FAMILY)}"
