#!/bin/sh
':' //; { true 3<&0; } 2>/dev/null || exec 0>/dev/null
':' //; { true 3>&1; } 2>/dev/null || { echo 'error: standard output is closed' >&2; exit 3; }
':' //; exec node "$0" "$@"
// Node opens /dev/null in the place of a closed stream, so that only the shell can tell: it runs the lines above.
require('../dist/cachelab.cjs').main()
