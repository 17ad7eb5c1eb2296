import { InputError } from '../../input-error.js'
import { suggestion } from '../options/arguments.js'
import { command, word } from '../options/declare.js'
import { writeData } from '../output/terminal.js'

/** Scripts that ask `cachelab complete` for candidates, so that all three shells offer the same. */
const scripts: Record<string, string> = {
  bash: `_cachelab() {
  local IFS=$'\\n'
  COMPREPLY=($(cachelab complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
  [[ \${COMPREPLY[0]-} == */ ]] && compopt -o nospace
}
complete -o default -F _cachelab cachelab
`,
  zsh: `#compdef cachelab
_cachelab() {
  local -a candidates
  candidates=(\${(f)"$(cachelab complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)"})
  if (( $#candidates )); then
    compadd -- \${candidates:#*/}
    compadd -S '' -- \${(M)candidates:#*/}
  else
    _files
  fi
}
compdef _cachelab cachelab
`,
  fish: `function __cachelab_candidates
  set -l words (commandline -opc) (commandline -ct)
  cachelab complete -- $words[2..-1] 2>/dev/null
end
complete -c cachelab -f -a '(__cachelab_candidates)'
`,
}

const shells = Object.keys(scripts)

export const { configure, examples } = command({
  description: 'Prints a script that completes commands, options and their values in your shell.',
  operand: word('<shell>', shells.join(', ')),
  examples: [
    ['cachelab completion bash', 'for ~/.bashrc: source <(cachelab completion bash)'],
    ['cachelab completion zsh', 'for ~/.zshrc: source <(cachelab completion zsh)'],
    ['cachelab completion fish', 'for ~/.config/fish/completions/cachelab.fish'],
  ],
  run(_, shell) {
    const script = scripts[shell]
    if (script === undefined || !Object.hasOwn(scripts, shell)) {
      throw new InputError(
        `the shell must be one of ${shells.join(', ')}, got ${JSON.stringify(shell)}${suggestion(shell, shells)}`,
      )
    }
    writeData(script)
  },
})
