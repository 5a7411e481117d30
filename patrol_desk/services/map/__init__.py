"""The map: a week's coverage over the ground, homes as density, and what is drawn or placed on it."""

from patrol_desk.services.map.card import post_card
from patrol_desk.services.map.data import Area, Base, MapWeek, Mark, Muster, Post, PostCard, SquadArea, Unplaced, Way
from patrol_desk.services.map.datum import DATUMS
from patrol_desk.services.map.density import Density, home_density
from patrol_desk.services.map.importing import GeoPreview, apply_geo, preview_geo
from patrol_desk.services.map.leaving import note_map
from patrol_desk.services.map.projection import Plane
from patrol_desk.services.map.read import read_map
from patrol_desk.services.map.searching import Place, find_places

__all__ = [
    "DATUMS",
    "Area",
    "Base",
    "Density",
    "GeoPreview",
    "MapWeek",
    "Mark",
    "Muster",
    "Place",
    "Plane",
    "Post",
    "PostCard",
    "SquadArea",
    "Unplaced",
    "Way",
    "apply_geo",
    "find_places",
    "home_density",
    "note_map",
    "post_card",
    "preview_geo",
    "read_map",
]
