/* Places on the Earth in cells of JSON: points, GeoJSON, TopoJSON. Pure functions of a
 * value read from JSON, whose depth the reader bounds. */
#ifndef OG_REPORT_CELL_GEO_H
#define OG_REPORT_CELL_GEO_H

#include "value/value.h"

/* [lon, lat], in degrees within ±180 and ±90, and nothing else. */
bool cell_is_point_list(og_value v);
/* {"lon": …, "lat": …}, and nothing else. */
bool cell_is_point_object(og_value v);
/* An object of RFC 7946: a geometry, a feature, or a collection of either, whose
 * coordinates are nested as its type has them, rings closed. Other members are of no
 * consequence. */
bool cell_is_geojson(og_value v);
/* A topology: "type", "objects" that are geometries by name, "arcs". What arcs hold is
 * not looked at. */
bool cell_is_topojson(og_value v);

#endif
