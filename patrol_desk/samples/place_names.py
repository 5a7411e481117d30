"""Invented names of places, squads and organisations."""

from typing import Final

TOWN_NAME: Final = "莞溪镇"
TOWN_LETTERS: Final = "GX"
TOWN_CODE: Final = "441900990000"
"""Division 990 is not used in the city 441900."""

VALLEY_NAME: Final = "南坑"

_COMMUNITIES: Final = (
    "榕树 东埔 石桥 沙角 新围 金洲 "
    "上沥 下沥 莲塘尾 大井 竹园 水口 横岗头 蕉林 白石下 龙眼树 黄泥塘 禾仓 双塘 旧圩 凤尾 北栅头 麻园 三棵松 "
    "清湾 油柑埔 梅子坑 田寮下 榄角 芦荻洲 长堤 鹤洞 井头围 湖景 望牛墩头 荔香 云岭 桂花塘 河背 坑尾围 "
    "山前 鱼梁 古榕 南塘围 新涌 小榄洲 石鼓下 岭脚 雁田围 沙尾洲 木棉坑 塘边 高埗头 西岸 蓝田 葵园 担竿涌 银瓶下 "
    "松柏围 稻香 花园里 元岭 大松 沙堤 桔园"
)
COMMUNITY_NAMES: Final = tuple(_COMMUNITIES.split())

FACILITIES: Final = (
    ("市场", "市场", "market"),
    ("小学", "小学", "school"),
    ("桥头岗", "桥头", "post"),
    ("卫生站", "卫生站", "health"),
    ("东门岗", "东门", "post"),
    ("公园", "公园", "park"),
    ("文化广场", "广场", "park"),
    ("工业园", "工业园", "works"),
    ("幼儿园", "幼儿园", "school"),
    ("村委岗", "村委", "post"),
    ("商业街", "商业街", "market"),
    ("北巷", "北巷", "patrol"),
    ("西门岗", "西门", "post"),
    ("渡口", "渡口", "patrol"),
    ("花园", "花园", "patrol"),
    ("码头", "码头", "patrol"),
    ("村口岗", "村口", "post"),
    ("汽车站", "汽车站", "hub"),
    ("医院", "医院", "hub"),
    ("祠堂", "祠堂", "patrol"),
    ("夜市", "夜市", "patrol"),
    ("物流园", "物流园", "works"),
    ("中学", "中学", "school"),
    ("牌坊", "牌坊", "patrol"),
    ("南巷", "南巷", "patrol"),
    ("篮球场", "球场", "park"),
    ("加油站", "加油站", "patrol"),
    ("老街", "老街", "patrol"),
    ("宿舍区", "宿舍区", "works"),
    ("地铁口", "地铁口", "hub"),
    ("水闸", "水闸", "patrol"),
    ("图书馆", "图书馆", "park"),
    ("敬老院", "敬老院", "health"),
    ("东巷", "东巷", "patrol"),
    ("家具城", "家具城", "market"),
    ("西街", "西街", "patrol"),
    ("变电站", "变电站", "patrol"),
    ("停车场", "停车场", "patrol"),
)
"""Name, short name and style of demand of what a community has, the commonest first."""

VALLEY_POSTS: Final = (
    "林场瞭望台",
    "水库大坝",
    "上山口",
    "古道口",
    "茶场",
    "护林站",
    "坑尾岗",
    "溪源岗",
    "石寨岗",
    "松林岗",
)
FESTIVAL_PLACES: Final = ("年货街", "美食街", "灯会", "舞台", "停车场", "入口", "出口", "花市", "手信街")
MUSTER_PLACES: Final = (
    "党群服务中心",
    "文化广场",
    "治保会",
    "体育馆",
    "社区大院",
    "镇政府广场",
    "老年活动中心",
    "警务室",
)

DIGITS: Final = "零一二三四五六七八九"

_HEADS: Final = "宏泰 骏发 恒越 瑞盈 达茂 祥和 润丰 永联 鼎盛 安顺 德旺 嘉禾 伟业 同昌 利民 广源 新锐 裕华 万合 锦程"
ORGANISATION_HEADS: Final = tuple(_HEADS.split())
ORGANISATION_TAILS: Final = (
    ("电子有限公司", "company"),
    ("家具厂", "company"),
    ("物业服务有限公司", "company"),
    ("物流有限公司", "company"),
    ("制衣厂", "company"),
    ("商会", "association"),
    ("摩托车协会", "association"),
    ("志愿服务协会", "association"),
    ("营业所", "branch"),
    ("社区支部", "branch"),
    ("花园业主委员会", "owners_committee"),
)

EQUIPMENT: Final = (
    ("强光手电", 6, 30),
    ("对讲机", 4, 20),
    ("反光背心", 10, 60),
    ("急救包", 1, 6),
    ("防爆盾牌", 2, 12),
    ("警戒带", 2, 10),
    ("喊话器", 1, 4),
    ("自动体外除颤仪", 1, 2),
    ("钢叉", 1, 8),
    ("救生圈", 1, 6),
)
"""Name, least and largest quantity at a muster point."""


def numeral(number: int) -> str:
    """Return a number from 1 to 999 in Chinese."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (DIGITS[ones] if ones else "")
