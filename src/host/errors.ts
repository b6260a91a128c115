// What can go wrong between a developer's command and a running app.
import { defineErrors, type ErrorEntry } from '../1-contracts/index.ts'

type HostErrors = {
  CONFIG_UNKNOWN_OPTION: ErrorEntry<{ option: string; near?: string }>
  CONFIG_INVALID: ErrorEntry<{ option: string; expected: string; value: string }>
  CONFIG_NOT_LOADED: ErrorEntry<{ file: string; reason: string }>
  APP_FOLDER_MISSING: ErrorEntry<{ root: string }>
  NODE_TOO_OLD: ErrorEntry<{ version: string; floor: string }>
  COMMAND_UNKNOWN: ErrorEntry<{ command: string; near?: string }>
  OPTION_UNKNOWN: ErrorEntry<{ command: string; option: string }>
  OPTION_VALUE_MISSING: ErrorEntry<{ command: string; option: string }>
  ARGUMENT_UNKNOWN: ErrorEntry<{ command: string; argument: string; root: boolean }>
  OPTIONS_EXCLUSIVE: ErrorEntry<{ command: string; options: readonly string[] }>
  GIT_MISSING: ErrorEntry<{ option: string }>
  REPOSITORY_MISSING: ErrorEntry<{ root: string; reason: string }>
  REVISION_UNKNOWN: ErrorEntry<{ revision: string }>
  ARGUMENT_MISSING: ErrorEntry<{ command: string; argument: string; example: string }>
  FILE_UNKNOWN: ErrorEntry<{ file: string; near?: string }>
  ERROR_CODE_UNKNOWN: ErrorEntry<{ code: string; near?: string }>
  PORT_INVALID: ErrorEntry<{ value: string }>
  IMPORT_NOT_FOUND: ErrorEntry<{ specifier: string; near?: string }>
  IMPORT_NAME_MISSING: ErrorEntry<{ name: string; from: string; near?: string }>
  IMPORT_STAYS_ON_SERVER: ErrorEntry<{ name: string; from: string }>
  SHEET_BROKEN: ErrorEntry<{ file: string; reason: string }>
  BUILD_MISSING: ErrorEntry<{ folder: string }>
  WORKERS_INVALID: ErrorEntry<{ value: string }>
  WORKERS_CRASHING: ErrorEntry<{ times: number; ending: string }>
  BUDGET_EXCEEDED: ErrorEntry<{
    page: string
    what: string
    bytes: number
    budget: number
    largest: { file: string; bytes: number }
  }>
  BUDGET_WITHOUT_PAGE: ErrorEntry<{ page: string; near?: string }>
}

/** Whether an import names a package, and no file. */
const isPackage = (specifier: string): boolean => !/^(?:~|\.|app\/)/.test(specifier)

function fixOfImport(specifier: string, near: string | undefined): string {
  if (/^react(?:-dom)?(?:\/|$)/.test(specifier))
    return 'Import hooks from "layer9/components"; libraries made for React do not run here.'
  if (near !== undefined) return `Import ${near}.`
  if (specifier.startsWith('layer9/')) return 'See the docs of the layers for the modules of layer9 that there are.'
  if (!isPackage(specifier)) return 'Correct the path, or make the file.'
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
  return `Run \`npm install ${name}\`, or correct the name; a file of the app begins with "~/" or "./".`
}

const entries: HostErrors = {
  CONFIG_UNKNOWN_OPTION: {
    message: ({ option, near }) =>
      `layer9.config.ts has an option "${option}" that does not exist${near ? `; did you mean "${near}"?` : '.'}`,
    fix: ({ near }) =>
      near ? `Rename it to "${near}".` : 'Remove it, or see `layer9/config` for the options there are.',
  },
  CONFIG_INVALID: {
    message: ({ option, expected, value }) => `The option "${option}" must be ${expected}; it is ${value}.`,
    fix: ({ option, expected }) => `Set "${option}" to ${expected}.`,
  },
  CONFIG_NOT_LOADED: {
    message: ({ file, reason }) => `${file} could not be loaded: ${reason}`,
    fix: () =>
      'Make it a module that Node can run as it is: types are stripped, enums and namespaces are not supported, and imports name files with their extension.',
  },
  APP_FOLDER_MISSING: {
    message: ({ root }) => `There is no app here: ${root} has no folder "app/routes".`,
    fix: () => 'Run the command in the folder of a Layer9 app, or make one with `npm create layer9@latest my-app`.',
  },
  NODE_TOO_OLD: {
    message: ({ version, floor }) => `Layer9 needs Node ${floor} or newer; this is Node ${version}.`,
    fix: ({ floor }) => `Install Node ${floor} or newer, then run the command again.`,
  },
  COMMAND_UNKNOWN: {
    message: ({ command, near }) => `layer9 has no command "${command}"${near ? `; did you mean "${near}"?` : '.'}`,
    fix: ({ near }) => (near ? `Run \`layer9 ${near}\`.` : 'Run `layer9 --help` to see the commands.'),
  },
  OPTION_UNKNOWN: {
    message: ({ command, option }) => `\`layer9 ${command}\` has no option "${option}".`,
    fix: ({ command }) => `Run \`layer9 ${command} --help\` to see its options.`,
  },
  OPTION_VALUE_MISSING: {
    message: ({ command, option }) => `\`layer9 ${command} ${option}\` needs a value, and none was given.`,
    fix: ({ command, option }) =>
      `Write the value behind it, or leave ${option} out; \`layer9 ${command} --help\` says what it takes.`,
  },
  ARGUMENT_UNKNOWN: {
    message: ({ command, argument }) => `\`layer9 ${command}\` has no use for "${argument}".`,
    fix: ({ command, argument, root }) =>
      root
        ? `Leave it out, or name the folder of the app by \`--root ${argument}\`.`
        : `Run \`layer9 ${command} --help\` to see what it takes.`,
  },
  OPTIONS_EXCLUSIVE: {
    message: ({ command, options }) => `\`layer9 ${command}\` cannot have ${options.join(' and ')} at once.`,
    fix: () => 'Choose one of them.',
  },
  GIT_MISSING: {
    message: ({ option }) => `${option} asks git what has changed, and there is no program "git" here.`,
    fix: ({ option }) => `Install git, or leave ${option} out.`,
  },
  REPOSITORY_MISSING: {
    message: ({ root, reason }) => `git finds no repository in ${root}: ${reason}`,
    fix: () => 'Run the command in a working tree of git, or leave --since out.',
  },
  REVISION_UNKNOWN: {
    message: ({ revision }) => `git knows no revision "${revision}" here.`,
    fix: () =>
      'Name a commit, a branch or a tag that `git log` knows; in a shallow clone, as on most build servers, fetch it first.',
  },
  ARGUMENT_MISSING: {
    message: ({ command, argument }) => `\`layer9 ${command}\` needs a ${argument}, and none was given.`,
    fix: ({ command, example }) => `Name it, for example \`layer9 ${command} ${example}\`.`,
  },
  FILE_UNKNOWN: {
    message: ({ file, near }) =>
      `No file of the app's layers is called ${file}${near ? `; did you mean ${near}?` : '.'}`,
    fix: ({ near }) =>
      near
        ? `Ask about ${near}.`
        : 'Give the path of a file under app/, from here or from the folder of the app; `layer9 layers` shows what lies there.',
  },
  ERROR_CODE_UNKNOWN: {
    message: ({ code, near }) => `There is no error with the code ${code}${near ? `; did you mean ${near}?` : '.'}`,
    fix: () =>
      'Copy the code from the first line of the error, or run `layer9 explain` without a code to list them all.',
  },
  PORT_INVALID: {
    message: ({ value }) => `PORT is "${value}", which is no port.`,
    fix: () => 'Set PORT to a whole number from 0 to 65535.',
  },
  IMPORT_NOT_FOUND: {
    message: ({ specifier, near }) =>
      `The import of ${specifier} leads to no ${isPackage(specifier) ? 'installed package' : 'file'}${near ? `; did you mean ${near}?` : '.'}`,
    fix: ({ specifier, near }) => fixOfImport(specifier, near),
  },
  IMPORT_NAME_MISSING: {
    message: ({ name, from, near }) =>
      `${from} exports nothing called "${name}"${near ? `; did you mean "${near}"?` : '.'}`,
    fix: ({ name, from, near }) => {
      if (isPackage(from))
        return near ? `Import "${near}".` : `Import another name; your editor lists those of ${from}.`
      return near
        ? `Import "${near}", or export "${name}" from ${from}.`
        : `Export "${name}" from ${from}, or import another name.`
    },
  },
  IMPORT_STAYS_ON_SERVER: {
    message: ({ name, from }) =>
      `"${name}" of ${from} is neither a query nor an action, and browsers get nothing else of an api module.`,
    fix: ({ name }) => `Move "${name}" to contracts (1), which both sides may use, or let a query give it.`,
  },
  SHEET_BROKEN: {
    message: ({ file, reason }) => `${file} is no style sheet that can be read to its end: ${reason}.`,
    fix: () => 'Look there, and before it, for a bracket, brace or quote too many or too few.',
  },
  BUILD_MISSING: {
    message: ({ folder }) => `There is no build in ${folder}.`,
    fix: () => 'Run `layer9 build` first.',
  },
  WORKERS_INVALID: {
    message: ({ value }) => `WORKERS is "${value}", which is no number of processes.`,
    fix: () => 'Set WORKERS to a whole number from 1, or to "auto" for one a processor.',
  },
  WORKERS_CRASHING: {
    message: ({ times, ending }) =>
      `Workers died ${times} times in a row soon after they had started, the last one with ${ending}.`,
    fix: () => 'Look for the cause in the log above; `layer9 start` without workers shows it alone.',
  },
  BUDGET_EXCEEDED: {
    message: ({ page, what, bytes, budget, largest }) =>
      `${page} loads ${bytes} bytes of ${what}, and its budget is ${budget}. Its largest file: ${largest.file} (${largest.bytes}).`,
    fix: ({ page, what }) =>
      `Let less reach the browser, as by moving what needs no script out of live components, or raise "${what}" for "${page}" in the budgets of layer9.config.ts.`,
  },
  BUDGET_WITHOUT_PAGE: {
    message: ({ page, near }) =>
      `layer9.config.ts has a budget for "${page}", and no page has that pattern${near ? `; did you mean "${near}"?` : '.'}`,
    fix: () => 'Name a page as `layer9 routes` lists it, or use "*" for all.',
  },
}

/** The catalogue of the host: configuration, commands, builds. */
export const errors: ReturnType<typeof defineErrors<HostErrors>> = defineErrors(entries)
