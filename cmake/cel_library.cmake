# The expression language as a library of its own, libopsgate-cel: static and shared, the
# header opsgate/cel.h and opsgate-cel.pc. Only the names of the header are visible in either.
#   cmake --install BUILD --component cel --prefix PREFIX

# og_cel_static(): one object of everything the language needs, names of its own made local,
# so that it cannot clash with anything it is linked with.
function(og_cel_static)
  set(object ${CMAKE_BINARY_DIR}/opsgate-cel.o)
  set(archive ${CMAKE_BINARY_DIR}/libopsgate-cel.a)
  set(flags -r -nostdlib)
  if(CMAKE_INTERPROCEDURAL_OPTIMIZATION)
    # Machine code, whatever compiler it is linked by later.
    list(APPEND flags -O2 -flto=auto -flinker-output=nolto-rel)
  endif()
  add_custom_command(OUTPUT ${archive}
    COMMAND ${CMAKE_C_COMPILER} ${flags} -o ${object}
      -Wl,--whole-archive $<TARGET_FILE:og_cel> -Wl,--no-whole-archive
      $<TARGET_FILE:og_value> $<TARGET_FILE:og_base>
    COMMAND ${CMAKE_OBJCOPY} --localize-hidden ${object}
    COMMAND ${CMAKE_COMMAND} -E rm -f ${archive}
    COMMAND ${CMAKE_AR} rcs ${archive} ${object}
    DEPENDS og_cel og_value og_base
    COMMENT "Linking libopsgate-cel.a"
    VERBATIM)
  add_custom_target(opsgate_cel_static ALL DEPENDS ${archive})
  install(FILES ${archive} DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT cel)
endfunction()

function(og_cel_shared)
  add_library(opsgate_cel SHARED $<TARGET_OBJECTS:og_cel>)
  set_target_properties(opsgate_cel PROPERTIES
    OUTPUT_NAME opsgate-cel VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}
    LINKER_LANGUAGE C)
  # The system's shared object: its archive need not be fit for one.
  find_library(OG_SHARED_pcre2 NAMES pcre2-8 REQUIRED)
  mark_as_advanced(OG_SHARED_pcre2)
  if(NOT OPSGATE_SANITIZE)
    target_link_options(opsgate_cel PRIVATE -Wl,--no-undefined)
  endif()
  target_link_libraries(opsgate_cel PRIVATE og_flags
    $<TARGET_FILE:og_value> $<TARGET_FILE:og_base> ${OG_SHARED_pcre2} m)
  add_dependencies(opsgate_cel og_value og_base)
  install(TARGETS opsgate_cel LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT cel)
endfunction()

function(og_cel_library)
  if(CMAKE_INTERPROCEDURAL_OPTIMIZATION AND NOT CMAKE_C_COMPILER_ID STREQUAL GNU)
    # Only gcc turns what is optimised across files back into one plain object.
    set_target_properties(og_cel og_value og_base PROPERTIES
      INTERPROCEDURAL_OPTIMIZATION OFF)
    set(CMAKE_INTERPROCEDURAL_OPTIMIZATION OFF)
  endif()
  og_cel_static()
  og_cel_shared()
  # Relative, so that it holds wherever it is installed.
  set(pkgconfig ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
  file(RELATIVE_PATH OG_PC_UP /prefix/${pkgconfig} /prefix)
  configure_file(${CMAKE_SOURCE_DIR}/cmake/opsgate-cel.pc.in
    ${CMAKE_BINARY_DIR}/opsgate-cel.pc @ONLY)
  install(FILES ${CMAKE_BINARY_DIR}/opsgate-cel.pc DESTINATION ${pkgconfig} COMPONENT cel)
  install(FILES ${CMAKE_SOURCE_DIR}/include/opsgate/cel.h
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/opsgate COMPONENT cel)
endfunction()
