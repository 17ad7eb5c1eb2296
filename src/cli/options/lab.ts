import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { packageFolder, slugs } from '../../grading/course.js'
import { type Lab, labAround, openLab } from '../../grading/lab.js'
import { choice } from './arguments.js'
import { option, word } from './declare.js'

export const labOption = option('<folder>', 'where the lab is (default: here, or a folder above)')

const exercise = choice(slugs())

/** The operand of commands on one exercise, where it must be given and where not. */
export const requiredExercise = word('<exercise>', 'which exercise', exercise)
export const optionalExercise = option('[exercise]', 'which exercise', exercise)

/** The lab of --lab, else the one that the working folder is in. */
export function labOf({ lab }: { lab?: string }): Lab {
  return lab === undefined ? labAround(process.cwd()) : openLab(lab)
}

/** What to type to run this cachelab from the working folder: npx finds one that is installed there or above. */
export function program(): string {
  for (let at = process.cwd(); ; at = dirname(at)) {
    const installed = join(at, 'node_modules', 'cachelab')
    if (existsSync(installed))
      return realpathSync(installed) === realpathSync(packageFolder()) ? 'npx cachelab' : 'cachelab'
    if (at === dirname(at)) return 'cachelab'
  }
}

/** A text with its commands as they are typed from the working folder. */
export const typed = (text: string): string => text.replaceAll(/\bcachelab (?=[a-z])/g, `${program()} `)
