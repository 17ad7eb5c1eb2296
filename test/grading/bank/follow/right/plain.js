// The lesson's answer.
export * from '../../../../../exercises/follow/solution.js'
