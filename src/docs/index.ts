import commands from './commands.md'
import exercises from './exercises.md'
import experiments from './experiments.md'
import grading from './grading.md'
import lessonMap from './lesson-map.md'
import library from './library.md'
import realServers from './real-servers.md'
import rules from './rules.md'
import traces from './traces.md'

/** The Markdown of each document by topic, in the order in which they are listed. */
export const documents: Readonly<Record<string, string>> = {
  commands,
  experiments,
  'lesson-map': lessonMap,
  exercises,
  grading,
  traces,
  rules,
  library,
  'real-servers': realServers,
}
