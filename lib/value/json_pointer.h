/* JSON Pointer (RFC 6901): a place in a document, as text. */
#ifndef OG_VALUE_JSON_POINTER_H
#define OG_VALUE_JSON_POINTER_H

#include "value/node.h"

/* The node that a JSON Pointer (RFC 6901) leads to from `node`; "" is the node itself.
 * NULL where there is none or the text is no pointer. */
const og_node *og_node_at(const og_node *node, og_str pointer);

#endif
