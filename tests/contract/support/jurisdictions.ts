import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { root } from './root.ts'

/** Provinces of GB/T 2260: the first two digits of their codes, the short name, and how it is spelled. */
const provinces: readonly (readonly [digits: string, name: string, spelling: string])[] = [
  ['11', '北京', 'beijing'],
  ['12', '天津', 'tianjin'],
  ['13', '河北', 'hebei'],
  ['14', '山西', 'shanxi'],
  ['15', '内蒙古', 'neimenggu'],
  ['21', '辽宁', 'liaoning'],
  ['22', '吉林', 'jilin'],
  ['23', '黑龙江', 'heilongjiang'],
  ['31', '上海', 'shanghai'],
  ['32', '江苏', 'jiangsu'],
  ['33', '浙江', 'zhejiang'],
  ['34', '安徽', 'anhui'],
  ['35', '福建', 'fujian'],
  ['36', '江西', 'jiangxi'],
  ['37', '山东', 'shandong'],
  ['41', '河南', 'henan'],
  ['42', '湖北', 'hubei'],
  ['43', '湖南', 'hunan'],
  ['44', '广东', 'guangdong'],
  ['45', '广西', 'guangxi'],
  ['46', '海南', 'hainan'],
  ['50', '重庆', 'chongqing'],
  ['51', '四川', 'sichuan'],
  ['52', '贵州', 'guizhou'],
  ['53', '云南', 'yunnan'],
  ['54', '西藏', 'xizang'],
  ['61', '陕西', 'shaanxi'],
  ['62', '甘肃', 'gansu'],
  ['63', '青海', 'qinghai'],
  ['64', '宁夏', 'ningxia'],
  ['65', '新疆', 'xinjiang'],
  ['71', '台湾', 'taiwan'],
  ['81', '香港', 'xianggang'],
  ['82', '澳门', 'aomen'],
]

/** Cities that the shipped documents and data are about. */
const cities: readonly (readonly [name: string, spelling: string])[] = [
  ['鸡西', 'jixi'],
  ['鹤岗', 'hegang'],
  ['双鸭山', 'shuangyashan'],
  ['七台河', 'qitaihe'],
  ['齐齐哈尔', 'qiqihar'],
  ['哈尔滨', 'harbin'],
  ['绍兴', 'shaoxing'],
]

/** Names of shipped presets, whole and without their folder and year: `samr-2024` and `samr`. */
const presets = globSync('**/*.yaml', { cwd: join(root, 'deploy/presets'), exclude: ['calendar'] }).map((path) =>
  basename(path, '.yaml').replace(/-\d{4}.*$/, ''),
)

/** Counties and districts of the shipped divisions; cells are plain words. */
const counties = readFileSync(join(root, 'services/registry/data/gb-t-2260.csv'), 'utf8')
  .split('\n')
  .slice(1)
  .flatMap((row) => row.split(',')[1] ?? [])

const capital = (word: string): string => `${word[0]?.toUpperCase() ?? ''}${word.slice(1)}`

/** A word of its own or part of a name in camel or upper case: `hunan`, `isHunanRule`, `HUNAN_RULE`, but not `whunans`. */
const asWord = (word: string): string => `(?<![A-Za-z])${word}(?![a-z])|${capital(word)}(?![a-z])|${word.toUpperCase()}(?![A-Z])`

const spellings = [...provinces.map(([, , spelling]) => spelling), ...cities.map(([, spelling]) => spelling), ...presets]
const names = [...provinces.map(([, name]) => name), ...cities.map(([name]) => name), ...counties]
const codes = `(?<![\\w.])(?:${provinces.map(([digits]) => digits).join('|')})\\d{4}(?!\\w)`

const pattern = new RegExp([...names, ...[...new Set(spellings)].map(asWord), codes].join('|'), 'g')

/** Every name or code of a jurisdiction, and every name of its preset, that stands in a text. */
export const jurisdictionsIn = (text: string): readonly string[] => text.match(pattern) ?? []
