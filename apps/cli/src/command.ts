import { ConfigError } from '@dual-random/runtime'
import { type Arguments, type Complain, type OptionSpecs, parseArguments } from './arguments.ts'
import {
  brokerVariables,
  type CliConfig,
  cliConfig,
  type RegistryConfig,
  registryConfig,
  registryVariables,
  tokenVariable,
  type Variables,
} from './config.ts'
import type { Terminal } from './terminal.ts'
import { type Text, text } from './text.ts'

/** 0 done, 1 failed or different, 2 called or configured wrongly, 3 done, but the answer is provisional or waits for somebody, 4 done, of a draw that was given up. */
export type ExitCode = 0 | 1 | 2 | 3 | 4

export interface Session {
  readonly terminal: Terminal
  /** JSON lines instead of text. */
  readonly json: boolean
}

export interface Context extends Session {
  readonly config: CliConfig
}

interface Definition<I, S extends Session, R> {
  /** One, two or three words. */
  readonly name: string
  /** What follows the name. */
  readonly usage: string
  readonly summary: Text
  /** What one should know before using it. */
  readonly notes: readonly Text[]
  readonly options: OptionSpecs
  /** What the words mean; only used when nothing was complained of. */
  readonly read: (args: Arguments, complain: Complain) => I
  readonly run: (input: I, session: S) => R
}

export interface Command extends Omit<Definition<unknown, Session, unknown>, 'read' | 'run'> {
  /** Environment variables that the command reads. */
  readonly variables: Variables
  readonly execute: (words: readonly string[], terminal: Terminal) => Promise<ExitCode>
}

/** Everything that is wrong with how the program was called or configured. */
export class UsageError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'UsageError'
    this.problems = problems
  }
}

/** Why a command could not be done; exit code 1. */
export class CommandError extends Error {
  readonly text: Text

  constructor(why: Text) {
    super(why.en)
    this.name = 'CommandError'
    this.text = why
  }
}

const common: OptionSpecs = {
  json: { text: text('每行一个 JSON', 'one JSON text a line') },
  help: { short: 'h', text: text('显示此说明', 'this text') },
}

/** A command that talks to the broker. It reads its words and its environment first, and says all that is wrong with both at once. */
export const command = <I>(definition: Definition<I, Context, Promise<ExitCode>>): Command =>
  built(definition, brokerVariables, ({ terminal, json }, complain) => {
    const config = configOf(() => cliConfig(terminal.env), complain)
    return config === undefined ? undefined : { terminal, json, config }
  })

export interface RegistrySession extends Session {
  readonly registry: RegistryConfig
}

/** A command that calls registry as the holder of a token. */
export const registryCommand = <I>(definition: Definition<I, RegistrySession, Promise<ExitCode>>): Command =>
  built(definition, registryVariables, ({ terminal, json }, complain) => {
    const registry = configOf(() => registryConfig(terminal.env), complain)
    return registry === undefined ? undefined : { terminal, json, registry }
  })

/** A command that needs nothing but its words and the files that the program comes with. */
export const offlineCommand = <I>(definition: Definition<I, Session, ExitCode | Promise<ExitCode>>): Command =>
  built(definition, [], (session) => session)

/** A command that reads files, or asks registry where its words say so. */
export const fileOrRegistryCommand = <I>(definition: Definition<I, Session, Promise<ExitCode>>): Command =>
  built(definition, tokenVariable, (session) => session)

/** A command that hands its environment on to what it runs, which says itself what is wrong with it. */
export const commandOf = <I>(variables: Variables, definition: Definition<I, Session, ExitCode | Promise<ExitCode>>): Command =>
  built(definition, variables, (session) => session)

function built<I, S extends Session>(
  { read, run, ...described }: Definition<I, S, ExitCode | Promise<ExitCode>>,
  variables: Variables,
  open: (session: Session, complain: Complain) => S | undefined,
): Command {
  const options = { ...described.options, ...common }
  return {
    ...described,
    options,
    variables,
    execute: async (words, terminal) => {
      const problems: string[] = []
      const complain: Complain = (problem) => void problems.push(problem)
      const args = parseArguments(words, options, complain)
      const input = read(args, complain)
      const session = open({ terminal, json: args.flags.has('json') }, complain)
      if (session === undefined || problems.length > 0) throw new UsageError(problems)
      return await run(input, session)
    },
  }
}

function configOf<C>(read: () => C, complain: Complain): C | undefined {
  try {
    return read()
  } catch (thrown) {
    if (!(thrown instanceof ConfigError)) throw thrown
    for (const problem of thrown.problems) complain(problem)
    return undefined
  }
}
