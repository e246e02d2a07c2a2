# Files compiled into the program: a table of og_embedded_file sorted by name
# (lib/base/embedded.h), written at build time by tools/embed.c. The module declares its table
# itself: `extern const og_embedded_file <stem>s[]; extern const size_t <stem>_count;`.
add_executable(embed tools/embed.c)
target_link_libraries(embed PRIVATE og_flags)

# og_generate(target tool file DEPENDS files ARGUMENTS arguments): adds to the target the C
# source that a build tool writes when called with its path and the arguments.
function(og_generate target tool file)
  cmake_parse_arguments(PARSE_ARGV 3 arg "" "" "DEPENDS;ARGUMENTS")
  get_target_property(type ${target} TYPE)
  if(type STREQUAL INTERFACE_LIBRARY)
    return() # no source yet that could use it
  endif()
  set(out ${CMAKE_BINARY_DIR}/embedded/${file})
  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/embedded)
  # The tools keep what they read until they end: their leaks are not of interest.
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -E env ASAN_OPTIONS=detect_leaks=0
      $<TARGET_FILE:${tool}> ${out} ${arg_ARGUMENTS}
    DEPENDS ${tool} ${arg_DEPENDS}
    COMMENT "Writing ${file}"
    VERBATIM)
  target_sources(${target} PRIVATE ${out})
endfunction()

# og_embed(target stem directory pattern): the files of one directory, by name.
function(og_embed target stem directory pattern)
  set(root ${CMAKE_SOURCE_DIR}/${directory})
  file(GLOB files CONFIGURE_DEPENDS ${root}/${pattern})
  og_generate(${target} embed ${stem}.c DEPENDS ${files} ARGUMENTS ${stem} ${root} ${files})
endfunction()

# og_embed_zones(target stem): the time zones of the build machine's tzdata.
function(og_embed_zones target stem)
  set(OPSGATE_ZONEINFO /usr/share/zoneinfo CACHE PATH "Directory of TZif files to embed")
  og_generate(${target} embed ${stem}.c
    DEPENDS ${OPSGATE_ZONEINFO}/Europe/London
    ARGUMENTS ${stem} --zones ${OPSGATE_ZONEINFO})
endfunction()

# og_embed_yaml(target file directory pattern...): YAML files as node trees in read-only data,
# so that nothing is parsed when the program starts (tools/embed_yaml.c).
function(og_embed_yaml target file directory)
  if(NOT TARGET embed_yaml)
    add_executable(embed_yaml tools/embed_yaml.c)
    target_link_libraries(embed_yaml PRIVATE og_value og_flags)
  endif()
  set(root ${CMAKE_SOURCE_DIR}/${directory})
  list(TRANSFORM ARGN PREPEND ${root}/ OUTPUT_VARIABLE patterns)
  file(GLOB files CONFIGURE_DEPENDS ${patterns})
  og_generate(${target} embed_yaml ${file} DEPENDS ${files} ARGUMENTS ${root} ${files})
endfunction()
