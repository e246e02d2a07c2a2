# og_module(name NEEDS modules USES libraries): og_<name> from lib/<name>/*.c. A module that
# has no source yet is an empty interface, so that the tree configures from the first file on.
function(og_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "NEEDS;USES")
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/lib/${name}/*.c)
  list(TRANSFORM arg_NEEDS PREPEND og_)
  list(TRANSFORM arg_USES PREPEND og_dep_)
  if(NOT sources)
    add_library(og_${name} INTERFACE)
    target_link_libraries(og_${name} INTERFACE ${arg_NEEDS})
    return()
  endif()
  add_library(og_${name} STATIC ${sources})
  target_include_directories(og_${name} PUBLIC
    ${CMAKE_SOURCE_DIR}/lib ${CMAKE_SOURCE_DIR}/include)
  target_link_libraries(og_${name} PUBLIC ${arg_NEEDS} PRIVATE og_flags ${arg_USES})
  if(name STREQUAL repo)
    # Found by the linker under names that the compiler cannot see used.
    set_source_files_properties(${CMAKE_SOURCE_DIR}/lib/repo/no_network.c
      ${CMAKE_SOURCE_DIR}/lib/repo/truncated.c PROPERTIES COMPILE_OPTIONS -fno-lto)
  endif()
endfunction()

# og_program(): the executable opsgate from cmd/*.c.
function(og_program)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/cmd/*.c)
  get_target_property(app og_app TYPE)
  if(NOT sources OR app STREQUAL INTERFACE_LIBRARY)
    message(STATUS "cmd/ or lib/app/ has no source: the program is not built")
    return()
  endif()
  add_executable(opsgate ${sources})
  target_include_directories(opsgate PRIVATE
    ${CMAKE_SOURCE_DIR}/lib ${CMAKE_SOURCE_DIR}/include)
  target_link_libraries(opsgate PRIVATE og_app og_base og_flags)
  install(TARGETS opsgate RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endfunction()
