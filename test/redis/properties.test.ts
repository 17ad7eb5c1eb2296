import { test } from 'vitest'
import { properties } from './properties.js'

test.each(Object.entries(properties))('%s', (_, check) => check())
