"""Labels keep clear of each other and, as long as they can, within the township's edges."""

from PySide6.QtCore import QRectF

from patrol_desk.ui.pages.map.labels import GAP, Placer, Wanted

EDGES = (0.0, 400.0)


def label(number: int, x: float, y: float = 100.0) -> Wanted:
    """Return a label of 80 by 16 pixels at a mark of radius 5."""
    return Wanted(number, x, y, 5.0, 80.0, 16.0)


def test_a_label_stands_right_of_its_mark() -> None:
    """That is where a name is looked for first."""
    assert Placer(0.0, EDGES).place([label(1, 200.0)]) == {1: (5.0 + GAP, -8.0)}


def test_a_label_at_the_eastern_edge_stands_left() -> None:
    """Right of its mark it would be cut where the map ends."""
    assert Placer(0.0, EDGES).place([label(1, 390.0)]) == {1: (-5.0 - GAP - 80.0, -8.0)}


def test_a_label_without_room_within_goes_beyond() -> None:
    """A name that can be read after a drag is better than none."""
    placer = Placer(0.0, EDGES)
    placer.take(QRectF(0.0, 0.0, 385.0, 200.0))
    assert placer.copy().place([label(1, 392.0)]) == {1: (5.0 + GAP, -8.0)}


def test_labels_keep_clear_of_each_other() -> None:
    """The second of three at one place stands on the other side, and the third has no room."""
    found = Placer(0.0, EDGES).place([label(number, 200.0) for number in range(3)])
    assert found == {0: (5.0 + GAP, -8.0), 1: (-5.0 - GAP - 80.0, -8.0)}


def test_where_the_township_fills_the_view_what_has_no_room_is_left_out() -> None:
    """From afar a label beyond the edges would be cut; nearer it may go there."""
    wide = Wanted(1, 390.0, 100.0, 5.0, 420.0, 16.0)
    assert not Placer(0.0, EDGES, strict=True).place([wide])
    assert Placer(0.0, EDGES).place([wide])
    assert Placer(0.0, EDGES, strict=True).copy().place([label(2, 390.0)]) == {2: (-5.0 - GAP - 80.0, -8.0)}
