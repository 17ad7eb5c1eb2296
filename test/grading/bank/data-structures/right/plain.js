// The lesson's answer.
export * from '../../../../../exercises/data-structures/solution.js'
