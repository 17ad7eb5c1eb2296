/**
 * cachelab as a library: everything in one. Each part is also a path of its own, such as `cachelab/eviction`, which loads
 * nothing of the others.
 */
export { InputError } from './input-error.js'
export * from './library/eviction.js'
export type { Experiment, OptionsOf, RunOptions, Value } from './library/experiment.js'
export * from './library/grading.js'
export * from './library/lesson.js'
export * from './library/memcached.js'
export * from './library/own.js'
export * from './library/placement.js'
export * from './library/redis.js'
export * from './library/remote.js'
export * from './library/replication.js'
export * from './library/report.js'
export * from './library/trace.js'
export * from './library/workload.js'
