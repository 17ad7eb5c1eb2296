import { existsSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
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

/** What to type in a lab to run this cachelab: npx finds the one that is installed there. */
export function programIn({ folder }: Lab): string {
  const installed = join(folder, 'node_modules', 'cachelab')
  const isThis = existsSync(installed) && realpathSync(installed) === realpathSync(packageFolder())
  return isThis ? 'npx cachelab' : 'cachelab'
}
