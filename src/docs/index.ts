import commands from './commands.md'
import exercises from './exercises.md'
import experiments from './experiments.md'
import grading from './grading.md'
import lessonMap from './lesson-map.md'
import library from './library.md'
import own from './own.md'
import parallel from './parallel.md'
import realServers from './real-servers.md'
import reports from './reports.md'
import rules from './rules.md'
import terms from './terms.md'
import traces from './traces.md'

/** The Markdown of each document by topic, in the order in which they are listed. */
export const documents: Readonly<Record<string, string>> = {
  commands,
  experiments,
  'lesson-map': lessonMap,
  exercises,
  grading,
  traces,
  own,
  reports,
  parallel,
  terms,
  rules,
  library,
  'real-servers': realServers,
}
