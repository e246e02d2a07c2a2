# Files compiled into the program: a table of og_embedded_file sorted by name
# (lib/base/embedded.h), written at build time by tools/embed.c.
function(og_embed target name symbol dir pattern)
endfunction()
function(og_embed_zones target)
endfunction()
