import { type LocalStack, startLocalStack } from '@dual-random/local-stack'
import type { TestProject } from 'vitest/node'
import './stack-address.ts'

let stack: Promise<LocalStack> | undefined

/** Starts broker and store once for all projects of a run, or takes those the environment names. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  stack ??= startLocalStack()
  const { kafkaBrokers, mongodbUri } = await stack
  project.provide('stack', { kafkaBrokers, mongodbUri })
  return async () => {
    const started = await stack
    stack = undefined
    await started?.[Symbol.asyncDispose]()
  }
}
