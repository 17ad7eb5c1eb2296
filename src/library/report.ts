/** Reports as data, and how they are rendered. */
export { type FormatName, formatNames, formats, type Report } from '../report/index.js'
