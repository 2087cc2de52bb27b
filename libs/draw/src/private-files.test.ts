import { expect, it } from 'vitest'
import { bundleVectors } from '../tests/vectors.ts'
import { matchInputText } from './match-input.ts'
import { privateExclusionsText, privateObjectsText } from './private-files.ts'

const [vector] = bundleVectors

it('DRW-31 private files do not depend on the order of what they hold', () => {
  const { objects, exclusions, exclusionNonce, matchInputs } = vector
  expect(privateObjectsText(objects.toReversed())).toBe(vector.privateObjectsText)
  expect(privateExclusionsText(exclusionNonce, exclusions.toReversed())).toBe(vector.privateExclusionsText)
  for (const input of matchInputs) {
    const turned = { ...input, inspectors: input.inspectors.toReversed(), objects: input.objects.toReversed() }
    expect(matchInputText(turned)).toBe(matchInputText(input))
  }
})
