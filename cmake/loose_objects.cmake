# og_patch_loose_objects(archive): has the object file of libgit2 that reads loose objects call
# truncated_get_output (lib/repo/truncated.c says why) instead of libgit2's own loop, and links
# it before the archive. Where the object file has another name or the tool is missing, the
# archive stays as it is, and the configure step says so.
function(og_patch_loose_objects archive)
  set(directory ${CMAKE_BINARY_DIR}/libgit2)
  set(object odb_loose.c.o)
  file(MAKE_DIRECTORY ${directory})
  execute_process(COMMAND ${CMAKE_AR} x ${archive} ${object}
    WORKING_DIRECTORY ${directory} RESULT_VARIABLE failed OUTPUT_QUIET ERROR_QUIET)
  if(NOT failed AND EXISTS ${directory}/${object} AND CMAKE_OBJCOPY)
    execute_process(COMMAND ${CMAKE_OBJCOPY}
      --redefine-sym git_zstream_get_output=truncated_get_output ${object}
      WORKING_DIRECTORY ${directory} RESULT_VARIABLE failed)
  else()
    set(failed 1)
  endif()
  if(failed)
    message(STATUS "libgit2 is not patched: it waits for ever on a loose object cut short")
    return()
  endif()
  get_target_property(libraries og_dep_git2 INTERFACE_LINK_LIBRARIES)
  set_target_properties(og_dep_git2 PROPERTIES INTERFACE_LINK_LIBRARIES
    "${directory}/${object};-Wl,-u,truncated_get_output;${libraries}")
endfunction()
