import { expect, it } from 'vitest'
import { readTagDimensions } from './files.ts'

it('REG-25 REG-26 a province begins with the dimensions of the guidelines and application scenarios, which are data', () => {
  expect(readTagDimensions().map(({ dimensionId, name }) => `${dimensionId} ${name}`)).toEqual([
    'BUSINESS_CATEGORY 业务类别',
    'BUSINESS_FORM 业态',
    'PRODUCT_CATEGORY 品类',
    'CARRIER 载体',
    'SCALE 规模',
    'SCENARIO 应用场景',
  ])
})
