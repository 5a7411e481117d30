"""The figures above the grid."""

from dataclasses import replace

from patrol_desk.services.planning.board import BoardFigures
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.i18n.numbers import percent, points
from patrol_desk.ui.widgets.kpi import Kpi


def kpis(figures: BoardFigures, *, proving: bool) -> list[Kpi]:
    """Return the figures of a week as they are shown.

    Parameters
    ----------
    figures
        Of the board, with the bound once it has been computed.
    proving
        Whether the bound is still being computed.
    """
    found = [_coverage(figures), _shortage(figures), _below(figures), _fairness(figures), _way(figures)]
    found.append(_bound(figures, proving=proving))
    # Where there is no room for the notes they are in the tool tip.
    return [replace(one, tip=f"{one.title} {one.value}{one.unit} {one.note}\n{one.tip}".strip()) for one in found]


def _coverage(figures: BoardFigures) -> Kpi:
    note = f"{figures.filled}/{figures.seats}"
    if figures.published is not None:
        note = tr("较已发布 {change}", change=points(figures.coverage, figures.published))
    tip = tr("期望人次里有人在岗的比例：{filled}/{seats}。", filled=figures.filled, seats=figures.seats)
    return Kpi(tr("覆盖率"), percent(figures.coverage), "%", note, tip=tip)


def _shortage(figures: BoardFigures) -> Kpi:
    title = tr("最低保障缺口")
    if not figures.shortage_heads:
        return Kpi(title, "0", tr("人次"), tr("最低全部满足"), "green")
    count = figures.shortage_cells
    note = tr("{count} 格低于最低", count=count) if count < 100 else tr("{count} 格|低于最低的", count=count)
    return Kpi(title, f"{figures.shortage_heads}", tr("人次"), note, "red")


def _below(figures: BoardFigures) -> Kpi:
    count = figures.below_desired_cells
    note = tr("最低已满足") if count else tr("期望全部满足")
    return Kpi(tr("低于期望"), f"{count}", tr("格"), note, "amber" if count else "green")


def _fairness(figures: BoardFigures) -> Kpi:
    note = tr("每人 {least}–{most} 班", least=figures.least_duties, most=figures.most_duties)
    tip = tr("公平度：可排班人员班次数的 Jain 指数，1 为完全均匀。")
    return Kpi(tr("公平度"), f"{figures.fairness:.2f}", "", note, tip=tip)


def _way(figures: BoardFigures) -> Kpi:
    if figures.mean_distance_m is None or figures.max_distance_m is None:
        return Kpi(tr("平均距离"), "–", "", tr("没有坐标"))
    note = tr("最远 {km} km", km=f"{figures.max_distance_m / 1000:.1f}")
    return Kpi(tr("平均距离"), f"{figures.mean_distance_m / 1000:.1f}", "km", note)


def _bound(figures: BoardFigures, *, proving: bool) -> Kpi:
    title = tr("距理论下界")
    if proving:
        return Kpi(title, "…", "", tr("正在核算"))
    if figures.shortage_bound is None or not figures.proven:
        tip = tr("自动排班给出证明后才有下界；需求改动后须重新编排。")
        return Kpi(title, "–", "", tr("未证明"), tip=tip)
    gap = figures.shortage_heads - figures.shortage_bound
    tip = tr("已证明：守住规则的任何排法，最低保障至少缺 {count} 人次。", count=figures.shortage_bound)
    if gap <= 0:
        return Kpi(title, "0", tr("人次"), tr("缺口已证明最少"), "green", tip)
    return Kpi(title, f"{gap}", tr("人次"), tr("下界 {bound}", bound=figures.shortage_bound), tip=tip)
