/* RFC 7946, section 3; TopoJSON 1.0, section 2. */
#include "report/cell_geo.h"

static bool is_number(og_value v)
{
    return v.kind == OG_INT || v.kind == OG_UINT || v.kind == OG_DOUBLE;
}

static double number_of(og_value v)
{
    return v.kind == OG_INT    ? (double)v.as.i
           : v.kind == OG_UINT ? (double)v.as.u
                               : v.as.d;
}

static og_value member(og_value v, const char *name)
{
    return v.kind == OG_MAP ? og_map_find_str(v.as.map, og_str_from(name)) : og_absent();
}

/* ---- Points ---- */

static bool is_place(og_value lon, og_value lat)
{
    return is_number(lon) && is_number(lat) && number_of(lon) >= -180 &&
           number_of(lon) <= 180 && number_of(lat) >= -90 && number_of(lat) <= 90;
}

bool cell_is_point_list(og_value v)
{
    return v.kind == OG_LIST && v.as.list->count == 2 &&
           is_place(v.as.list->items[0], v.as.list->items[1]);
}

bool cell_is_point_object(og_value v)
{
    return v.kind == OG_MAP && v.as.map->count == 2 &&
           is_place(member(v, "lon"), member(v, "lat"));
}

/* ---- GeoJSON ---- */

/* What coordinates are: a position, or a list of the next simpler ones. */
typedef enum nesting {
    POSITION,
    POSITIONS,
    LINE, /* positions, two at least */
    RING, /* positions, four at least, the last one the first */
    LINES,
    RINGS,
    POLYGONS
} nesting;

static const struct {
    const char *type;
    nesting coordinates;
} geometries[] = {{"Point", POSITION},  {"MultiPoint", POSITIONS},
                  {"LineString", LINE}, {"MultiLineString", LINES},
                  {"Polygon", RINGS},   {"MultiPolygon", POLYGONS}};

static bool is_position(og_value v)
{
    if (v.kind != OG_LIST || v.as.list->count < 2)
        return false;
    for (size_t i = 0; i < v.as.list->count; i++)
        if (!is_number(v.as.list->items[i]))
            return false;
    return true;
}

static bool is_coordinates(og_value v, nesting n)
{
    static const nesting inner[] = {
        [POSITIONS] = POSITION, [LINE] = POSITION, [RING] = POSITION,
        [LINES] = LINE,         [RINGS] = RING,    [POLYGONS] = RINGS};

    if (n == POSITION)
        return is_position(v);
    if (v.kind != OG_LIST)
        return false;
    const og_list *list = v.as.list;
    for (size_t i = 0; i < list->count; i++)
        if (!is_coordinates(list->items[i], inner[n]))
            return false;
    if (n == RING)
        return list->count >= 4 &&
               og_value_equal(list->items[0], list->items[list->count - 1]);
    return n != LINE || list->count >= 2;
}

typedef bool object_check(og_value v);

static bool is_list_of(og_value v, object_check *check)
{
    if (v.kind != OG_LIST)
        return false;
    for (size_t i = 0; i < v.as.list->count; i++)
        if (!check(v.as.list->items[i]))
            return false;
    return true;
}

static bool is_type(og_value v, const char *name)
{
    og_value type = member(v, "type");

    return type.kind == OG_STRING && og_str_is(og_text(type), name);
}

static bool is_geometry(og_value v)
{
    if (is_type(v, "GeometryCollection"))
        return is_list_of(member(v, "geometries"), is_geometry);
    for (size_t i = 0; i < sizeof geometries / sizeof geometries[0]; i++)
        if (is_type(v, geometries[i].type))
            return is_coordinates(member(v, "coordinates"), geometries[i].coordinates);
    return false;
}

static bool is_feature(og_value v)
{
    og_value geometry = member(v, "geometry"), properties = member(v, "properties");

    return is_type(v, "Feature") && (geometry.kind == OG_NULL || is_geometry(geometry)) &&
           (properties.kind == OG_NULL || properties.kind == OG_MAP);
}

bool cell_is_geojson(og_value v)
{
    if (is_type(v, "FeatureCollection"))
        return is_list_of(member(v, "features"), is_feature);
    return is_type(v, "Feature") ? is_feature(v) : is_geometry(v);
}

/* ---- TopoJSON ---- */

static bool is_topo_geometry(og_value v)
{
    if (v.kind != OG_MAP)
        return false;
    if (is_type(v, "GeometryCollection"))
        return is_list_of(member(v, "geometries"), is_topo_geometry);
    if (is_type(v, "Point"))
        return is_coordinates(member(v, "coordinates"), POSITION);
    if (is_type(v, "MultiPoint"))
        return is_coordinates(member(v, "coordinates"), POSITIONS);
    for (size_t i = 0; i < sizeof geometries / sizeof geometries[0]; i++)
        if (is_type(v, geometries[i].type))
            return member(v, "arcs").kind == OG_LIST;
    return member(v, "type").kind == OG_NULL;
}

bool cell_is_topojson(og_value v)
{
    og_value objects = member(v, "objects");

    if (!is_type(v, "Topology") || objects.kind != OG_MAP ||
        member(v, "arcs").kind != OG_LIST)
        return false;
    for (size_t i = 0; i < objects.as.map->count; i++)
        if (!is_topo_geometry(objects.as.map->values[i]))
            return false;
    return true;
}
