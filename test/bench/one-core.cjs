// Makes a program believe that the machine has one core, to compare with all of them.
require('node:os').availableParallelism = () => 1
