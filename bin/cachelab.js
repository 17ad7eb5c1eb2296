#!/usr/bin/env node
require('../dist/cachelab.cjs').main()
