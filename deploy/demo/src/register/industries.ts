/** Industry classes of the generated register (GB/T 4754-2017), by weight: what the imported plans check, and common trades. */
export const enterpriseIndustries: readonly (readonly [code: string, weight: number])[] = [
  ['6210', 140],
  ['6220', 60],
  ['5222', 40],
  ['5212', 60],
  ['5211', 50],
  ['5225', 20],
  ['5431', 45],
  ['5437', 20],
  ['6020', 30],
  ['6010', 10],
  ['5261', 20],
  ['5263', 20],
  ['5990', 10],
  ['4210', 12],
  ['2311', 12],
  ['2319', 20],
  ['5243', 20],
  ['8760', 12],
  ['9012', 15],
  ['8930', 25],
  ['8060', 20],
  ['6421', 10],
  ['5141', 30],
  ['0610', 8],
  ['3011', 8],
  ['1353', 15],
]

export const schoolIndustries: readonly (readonly [code: string, weight: number])[] = [
  ['8321', 50],
  ['8331', 30],
  ['8334', 20],
  ['8336', 10],
]

/** Tags that mark what a class alone does not say; the plans' object scopes are mapped to them. */
export const tagsByIndustry: Readonly<Record<string, readonly (readonly [tag: string, share: number])[]>> = {
  '5261': [['业态:4S店', 50]],
  '5263': [['业态:二手车市场', 60]],
  '5211': [['业态:预付卡', 20]],
  '8930': [['业态:游泳场馆', 60]],
  '6421': [['业态:互联网文化', 70]],
  '6220': [['业态:网络餐饮', 40]],
}
