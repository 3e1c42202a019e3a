import type { Field } from './fields.ts'

/** Where something is: the same columns in every ledger. */
export const PLACE_FIELDS: readonly Field[] = [
  {
    field: 'lng',
    header: '经度',
    synonyms: ['东经', '经度(度)', 'lng', 'lon', 'longitude', 'x', 'x坐标', '坐标x', '横坐标', '东坐标'],
    width: 12,
  },
  {
    field: 'lat',
    header: '纬度',
    synonyms: ['北纬', '纬度(度)', 'lat', 'latitude', 'y', 'y坐标', '坐标y', '纵坐标', '北坐标'],
    width: 12,
  },
  {
    field: 'position',
    header: '经纬度',
    synonyms: ['坐标', '位置坐标', '经纬度坐标', '地理坐标', '经度纬度', '经纬度(经度,纬度)', '定位坐标'],
    width: 24,
  },
]

export const AREA_FIELD: Field = {
  field: 'areaName',
  header: '所属街镇',
  synonyms: [
    '街镇',
    '所属街道',
    '街道',
    '乡镇',
    '街道乡镇',
    '所属乡镇街道',
    '镇街',
    '所属镇街',
    '属地',
    '所属辖区',
    '辖区',
    '所在街镇',
    '所在街道',
    '街道(镇)',
    '属地街镇',
  ],
  width: 14,
}

export const CREDIT_CODE_FIELD: Field = {
  field: 'creditCode',
  header: '统一社会信用代码',
  synonyms: ['社会信用代码', '信用代码', '统一信用代码', '组织机构代码', '营业执照号'],
  maxLength: 40,
  width: 22,
}

export const SEQUENCE_FIELD: Field = {
  field: 'sequence',
  header: '序号',
  synonyms: ['编序', '行号', '原表行号', 'no', '#', '序'],
  ignored: '行的序号，每次导出都会变，不导入',
  width: 6,
}

/** The column that our own list of faults adds; a mended copy of it may be uploaded again. */
export const FAULTS_HEADER = '检查出的问题'
export const FAULTS_FIELD: Field = {
  field: 'faults',
  header: FAULTS_HEADER,
  synonyms: [],
  ignored: '上次检查写的问题，不导入',
}
