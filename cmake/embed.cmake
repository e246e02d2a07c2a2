# Files compiled into the program: a table of og_embedded_file sorted by name
# (lib/base/embedded.h), written at build time by tools/embed.c. The module declares its table
# itself: `extern const og_embedded_file <stem>s[]; extern const size_t <stem>_count;`.
add_executable(embed tools/embed.c)
target_link_libraries(embed PRIVATE og_flags)

# og_embed_table(target stem DEPENDS files ARGUMENTS arguments): adds the table to the target.
function(og_embed_table target stem)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "DEPENDS;ARGUMENTS")
  get_target_property(type ${target} TYPE)
  if(type STREQUAL INTERFACE_LIBRARY)
    return() # no source yet that could use it
  endif()
  set(out ${CMAKE_BINARY_DIR}/embedded/${stem}.c)
  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/embedded)
  # The tool keeps what it reads until it ends: its leaks are not of interest.
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -E env ASAN_OPTIONS=detect_leaks=0
      $<TARGET_FILE:embed> ${out} ${stem} ${arg_ARGUMENTS}
    DEPENDS embed ${arg_DEPENDS}
    COMMENT "Embedding ${stem}s"
    VERBATIM)
  target_sources(${target} PRIVATE ${out})
endfunction()

# og_embed(target stem directory pattern): the files of one directory, by name.
function(og_embed target stem directory pattern)
  set(root ${CMAKE_SOURCE_DIR}/${directory})
  file(GLOB files CONFIGURE_DEPENDS ${root}/${pattern})
  og_embed_table(${target} ${stem} DEPENDS ${files} ARGUMENTS ${root} ${files})
endfunction()

# og_embed_zones(target stem): the time zones of the build machine's tzdata.
function(og_embed_zones target stem)
  set(OPSGATE_ZONEINFO /usr/share/zoneinfo CACHE PATH "Directory of TZif files to embed")
  og_embed_table(${target} ${stem}
    DEPENDS ${OPSGATE_ZONEINFO}/Europe/London ARGUMENTS --zones ${OPSGATE_ZONEINFO})
endfunction()
