# One interface target og_dep_<name> for each third-party library, linked by the one module
# that owns it. Archives are preferred to shared objects: opsgate is started once for each
# verdict, and loading libraries is a large part of a short run (docs/startup.md). Where an
# archive is missing the shared object serves, and the configure step says so.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

# og_archives(ret_paths name...): the .a of each name; empty, with a message, if one is missing.
function(og_archives ret_paths)
  set(paths)
  foreach(name IN LISTS ARGN)
    find_library(OG_ARCHIVE_${name} NAMES lib${name}.a)
    mark_as_advanced(OG_ARCHIVE_${name})
    if(NOT OG_ARCHIVE_${name})
      message(STATUS "lib${name}.a is missing: its users are linked dynamically")
      set(${ret_paths} "" PARENT_SCOPE)
      return()
    endif()
    list(APPEND paths ${OG_ARCHIVE_${name}})
  endforeach()
  set(${ret_paths} ${paths} PARENT_SCOPE)
endfunction()

# og_dependency(target module archive...): target og_dep_<target> for a pkg-config module.
function(og_dependency target module)
  pkg_check_modules(OG_PC_${target} REQUIRED QUIET ${module})
  add_library(og_dep_${target} INTERFACE)
  target_include_directories(og_dep_${target} SYSTEM INTERFACE ${OG_PC_${target}_INCLUDE_DIRS})
  og_archives(paths ${ARGN})
  if(paths)
    target_link_libraries(og_dep_${target} INTERFACE ${paths})
  else()
    target_link_libraries(og_dep_${target} INTERFACE ${OG_PC_${target}_LINK_LIBRARIES})
  endif()
endfunction()

# Mathematical functions of the C library; loaded only if the compiler left a call to one.
add_library(og_dep_m INTERFACE)
target_link_libraries(og_dep_m INTERFACE -Wl,--as-needed m)

og_dependency(nettle nettle nettle)
og_dependency(jansson jansson jansson)
og_dependency(yaml yaml-0.1 yaml)
og_dependency(zlib zlib z)
og_dependency(pcre2 libpcre2-8 pcre2-8)
og_dependency(expat expat expat)

# libcurl is opened with dlopen when a message is sent, so that no other command pays for
# loading it. Only its headers are needed here.
pkg_check_modules(OG_PC_curl REQUIRED QUIET libcurl)
add_library(og_dep_curl INTERFACE)
target_include_directories(og_dep_curl SYSTEM INTERFACE ${OG_PC_curl_INCLUDE_DIRS})
target_link_libraries(og_dep_curl INTERFACE ${CMAKE_DL_LIBS})

# libgit2 without its network code: lib/repo/no_network.c takes the place of TLS, SSH and HTTP,
# and is asked for by name because og_repo is searched before libgit2 needs it. mbedcrypto is
# there for SHA-256 alone.
og_dependency(git2 libgit2 git2 mbedcrypto pcre2-8 z)
get_target_property(git2_libraries og_dep_git2 INTERFACE_LINK_LIBRARIES)
if(git2_libraries MATCHES "libgit2\\.a")
  target_link_libraries(og_dep_git2 INTERFACE
    -Wl,-u,git_mbedtls_stream_global_init Threads::Threads)
  list(FILTER git2_libraries INCLUDE REGEX "libgit2\\.a")
  og_patch_loose_objects(${git2_libraries})
endif()
