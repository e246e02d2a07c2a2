# og_flags: what every source file of this tree is compiled and linked with.
add_library(og_flags INTERFACE)
target_compile_definitions(og_flags INTERFACE _POSIX_C_SOURCE=200809L)
if(BUILD_TESTING)
  target_compile_definitions(og_flags INTERFACE OG_FAULT_INJECTION) # base/mem.h
endif()
target_compile_options(og_flags INTERFACE
  -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla
  -fno-common -fvisibility=hidden -fstack-protector-strong
  -fno-math-errno # square roots are compiled in place
  # A build in another directory gives the same bytes.
  -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)
if(OPSGATE_WERROR)
  target_compile_options(og_flags INTERFACE -Werror)
endif()
if(OPSGATE_SANITIZE)
  target_compile_options(og_flags INTERFACE
    -fsanitize=${OPSGATE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(og_flags INTERFACE -fsanitize=${OPSGATE_SANITIZE})
endif()
if(OPSGATE_FUZZ)
  if(NOT CMAKE_C_COMPILER_ID MATCHES Clang)
    message(FATAL_ERROR "OPSGATE_FUZZ needs clang: configure with --preset fuzz")
  endif()
  target_compile_options(og_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(OPSGATE_COVERAGE)
  target_compile_options(og_flags INTERFACE --coverage)
  target_link_options(og_flags INTERFACE --coverage)
endif()
if(OPSGATE_LTO)
  include(CheckIPOSupported)
  check_ipo_supported(RESULT lto_works OUTPUT lto_reason LANGUAGES C)
  if(lto_works)
    set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ON)
  else()
    message(STATUS "Link-time optimisation is off: ${lto_reason}")
  endif()
endif()
