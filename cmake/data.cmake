# plimsoll_data(MODULE): compiles data/*.json to one .cc of sorted tables, again whenever a data file or the
# generator changes, and adds it to the room's library. Nothing is parsed when the program runs. The test
# data_sources proves that each entry says where it is from.
function(plimsoll_data module)
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  file(GLOB files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/data/*.json)
  set(generator ${CMAKE_SOURCE_DIR}/tools/compile_data.py)
  set(out ${CMAKE_BINARY_DIR}/generated/data_tables.cc)
  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/generated)
  add_custom_command(OUTPUT ${out}
    COMMAND ${Python3_EXECUTABLE} -B ${generator} ${CMAKE_SOURCE_DIR}/data ${out}
    DEPENDS ${files} ${generator} ${CMAKE_SOURCE_DIR}/tools/check_data.py ${CMAKE_SOURCE_DIR}/tools/compile_compose.py
    COMMENT "Compiling data/*.json")
  target_sources(plimsoll_${module} PRIVATE ${out})
  add_test(NAME data_sources COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_SOURCE_DIR}/tools/check_data.py ${CMAKE_SOURCE_DIR}/data)
endfunction()
