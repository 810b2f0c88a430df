# plimsoll_data(MODULE): stand-in until the generator is there.
function(plimsoll_data module)
endfunction()
