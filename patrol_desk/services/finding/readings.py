"""How the characters of a name are read: pinyin without tones, every reading a name may have."""

import functools
import importlib.util
import json
import unicodedata
from collections.abc import Mapping
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

MOST_SPELLINGS = 12
"""Of one name; enough for two characters of three readings each."""

_SURNAMES = (
    "单shan,dan 曾zeng,ceng 仇qiu,chou 解xie,jie 区ou,qu 查zha,cha 朴piao,pu 乐yue,le 尉wei,yu 翟zhai,di 盖ge,gai "
    "秘bi,mi 冼xian 洗xian,xi 缪miao,mou 繁po,fan 员yun,yuan 郇xun,huan 覃qin,tan 召shao,zhao 种chong,zhong "
    "折she,zhe 黑he,hei 逢pang,feng 宓mi,fu 牟mou,mu 谌chen,shen 柏bai,bo 费fei,bi 薄bo,bao 都du,dou 么yao,me "
    "乜nie,mie 能nai,neng 藏zang,cang 宿su,xiu 盛sheng,cheng 万wan,mo 郗xi,chi 蔚yu,wei 钭tou,dou 祭zhai,ji 句gou,ju "
    "隗wei,kui 俞yu,shu 任ren 华hua 车che,ju 过guo 粘nian,zhan 拓tuo,ta 相xiang 载zai,dai 角jue,jiao 强qiang,jiang "
    "那na,nuo 行xing,hang 大da 隽juan,jun 圈juan,quan 占zhan 适kuo,shi 幺yao 撒sa 石shi,dan 沈shen 叶ye 葛ge "
    "纪ji 燕yan 宁ning 曲qu 曹cao 殷yin 应ying 阿a,e 会kuai,hui 佴nai 仉zhang 厍she 呙guo 瞿qu 观guan 卜bu 贾jia,gu "
    "长chang,zhang 令ling 贲ben 褚chu 晁chao 佘she 祝zhu 干gan 炅gui,jiong 不fou,bu 妫gui 哈ha 郄qie,xi 莘shen,xin "
    "洗xian,xi 訾zi 尹yin 尧yao 要yao 邸di 邵shao 禚zhuo 逯lu 亓qi 漕cao 啜chuai 眭sui 笪da 庹tuo 昝zan 佟tong"
)
_COMPOUND = (
    "尉迟yu.chi 万俟mo.qi 长孙zhang.sun 澹台tan.tai 单于chan.yu 亓官qi.guan 子车zi.ju 乐正yue.zheng 宰父zai.fu "
    "令狐ling.hu 拓跋tuo.ba 夏侯xia.hou 皇甫huang.fu 鲜于xian.yu 百里bai.li 欧阳ou.yang 司徒si.tu 上官shang.guan "
    "司马si.ma 诸葛zhu.ge 宇文yu.wen 慕容mu.rong 公孙gong.sun 东方dong.fang 南宫nan.gong 西门xi.men 端木duan.mu "
    "轩辕xuan.yuan 钟离zhong.li 闾丘lv.qiu 淳于chun.yu 濮阳pu.yang 申屠shen.tu 太叔tai.shu 呼延hu.yan 独孤du.gu "
    "第五di.wu 谷梁gu.liang 漆雕qi.diao 赫连he.lian 纳兰na.lan 完颜wan.yan 哥舒ge.shu 沮渠ju.qu 可频ke.pin"
)
_ELSEWHERE = (
    "乐le,yue 行xing,hang 长chang,zhang 朝chao,zhao 重chong,zhong 茜qian,xi 晟sheng,cheng 露lu,lou 传chuan,zhuan "
    "藏zang,cang 柏bai,bo 埔pu,bu 涌yong,chong 栅zha,shan 厦xia,sha 都du,dou 华hua 省sheng,xing 会hui,kuai 和he,huo "
    "艾ai,yi 娜na,nuo 莎sha,suo 佛fo,fu 扎zha,za 阿a,e 参can,shen 角jiao,jue 率shuai,lv 莞guan,wan 番pan,fan 陂bei,pi "
    "蔚wei,yu 隽juan,jun 澄cheng,deng 圩wei,xu 曾zeng,ceng 盛sheng,cheng 单dan,shan 区qu,ou 石shi,dan 朴pu,piao "
    "量liang 兴xing 相xiang 更geng 为wei 少shao 好hao 强qiang 教jiao 正zheng 中zhong 卡ka,qia 巷xiang,hang 弄nong,long "
    "车che 地di 场chang 大da 广guang 便bian,pian 降jiang,xiang 校xiao,jiao 系xi 予yu 铭ming 琦qi 尔er 提ti 克ke 似si"
)


class Unit(NamedTuple):
    """One character that is read, or one run of Latin letters and digits.

    Parameters
    ----------
    start, end
        Where it stands in the name.
    character
        The character itself, folded; empty for a Latin run.
    readings
        Pinyin of the character, the likeliest first, or the run itself; empty when nobody knows how it is read.
    """

    start: int
    end: int
    character: str
    readings: tuple[str, ...]


def fold(text: str) -> str:
    """Return the text in lower case, full-width and accented Latin letters as plain ones, ``ü`` as ``v``."""
    return "".join(map(_fold, text))


def units(name: str) -> tuple[Unit, ...]:
    """Return the units of a name in order; spaces, dots and dashes belong to none.

    The first character of a name has its readings as a surname before its others; a compound surname of two
    characters has the pair's readings.
    """
    found: list[Unit] = []
    for at, raw in enumerate(name):
        folded = _fold(raw)
        for character in folded:
            if is_latin(character):
                _add_latin(found, at, character, joined=bool(found) and found[-1].end >= at)
            elif character.isalnum():
                known = _elsewhere(character) if found else _as_surname(character)
                found.append(Unit(at, at + 1, character, known))
    return _with_compound(found)


def spellings(parts: tuple[Unit, ...]) -> list[tuple[str, ...]]:
    """Return every way to read a name, the likeliest first, at most `MOST_SPELLINGS`; ``""`` for an unread unit."""
    count = 1
    choices = []
    for part in parts:
        readings = part.readings or ("",)
        if len(readings) > 1:
            readings = readings[: max(1, MOST_SPELLINGS // count)]
            count *= len(readings)
        choices.append(readings)
    return list(product(*choices))


def pinyin(name: str, *, surname: bool = True) -> str:
    """Return a name's likeliest pinyin for people to read: ``"shan xiao ming"``.

    Parameters
    ----------
    name
        Name as stored.
    surname
        Whether the first character is a surname; for a place it is not.
    """
    parts = units(name)
    if not surname and parts and parts[0].character:
        parts = (parts[0]._replace(readings=_elsewhere(parts[0].character)), *parts[1:])
    return " ".join(part.readings[0] if part.readings else part.character for part in parts)


def is_latin(character: str) -> bool:
    """Say whether a folded character is a Latin letter or a digit."""
    return character.isascii() and character.isalnum()


def _add_latin(found: list[Unit], at: int, character: str, *, joined: bool) -> None:
    """Lengthen the Latin run that ends here, or begin one."""
    last = found[-1] if found else None
    if joined and last is not None and not last.character:
        found[-1] = Unit(last.start, at + 1, "", (last.readings[0] + character,))
    else:
        found.append(Unit(at, at + 1, "", (character,)))


def _with_compound(found: list[Unit]) -> tuple[Unit, ...]:
    """Put the readings of a compound surname before those of its two characters."""
    if len(found) < 2:
        return tuple(found)
    pair = _compounds().get(found[0].character + found[1].character)
    if pair is None:
        return tuple(found)
    both = (found[n]._replace(readings=_joined((pair[n],), found[n].readings)) for n in (0, 1))
    return (*both, *found[2:])


def _joined(first: tuple[str, ...], then: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *then)))


@functools.cache
def _fold(character: str) -> str:
    parts = unicodedata.normalize("NFKD", character.lower())
    if parts[0] == "u" and "\u0308" in parts:
        return "v"
    return "".join(part for part in parts if not unicodedata.combining(part))


@functools.cache
def _as_surname(character: str) -> tuple[str, ...]:
    known = _surnames().get(character)
    return _joined(known, _elsewhere(character)) if known else _elsewhere(character)


@functools.cache
def _elsewhere(character: str) -> tuple[str, ...]:
    known = _others().get(character)
    if known:
        return known
    spelt = _dictionary().get(str(ord(character)), "")
    return (fold(spelt.partition(",")[0]),) if spelt else ()


@functools.cache
def _surnames() -> Mapping[str, tuple[str, ...]]:
    return _table(_SURNAMES)


@functools.cache
def _others() -> Mapping[str, tuple[str, ...]]:
    return _table(_ELSEWHERE)


def _table(text: str) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({entry[0]: tuple(entry[1:].split(",")) for entry in text.split()})


@functools.cache
def _compounds() -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({entry[:2]: tuple(entry[2:].split(".")) for entry in _COMPOUND.split()})


@functools.cache
def _dictionary() -> Mapping[str, str]:
    """Return pypinyin's readings of single characters by code point, in decimal.

    Importing the library also loads its phrases: eight times the time and some 30 MB, for names that are no phrases.
    """
    spec = importlib.util.find_spec("pypinyin")
    assert spec is not None, "pypinyin is a dependency"
    assert spec.submodule_search_locations, "a package has a folder"
    file = Path(spec.submodule_search_locations[0], "pinyin_dict.json")
    found: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return MappingProxyType(found)
