import fc from 'fast-check'
import { byLayer } from './layer.js'

// Set up before each test file: how many cases a property is tried on that doesn't say so itself.
fc.configureGlobal({ numRuns: byLayer(30, 100) })
