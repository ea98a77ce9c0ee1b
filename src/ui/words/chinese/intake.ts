/** Where videos come in, and what makes a good one. */
import type { Words } from '../english/english.ts';

export const intake: Words['intake'] = {
  cameraSays: '一个接一个在摄像头前走：每段行走都有结果、记录和报告。',
  title: '从一段行走中筛查脊柱侧弯相关的步态特征',
  lead: '请选择一人朝镜头走来的视频。Plumbline 逐帧跟随身体，把这段行走与模型学过的行走作比较。',
  drop: '把视频拖到这里',
  dropNow: '松开即开始筛查',
  or: '或',
  choose: '选择视频…',
  chooseMore: '更多视频…',
  sample: '试用示例行走',
  sampleMore: '示例行走',
  sampleNote: '示例是模拟的行走，不需要视频。',
  kinds: '支持 MP4、MOV、WebM 或 MKV。一次选多个时，依次筛查。',
};

export const advice: Words['advice'] = {
  title: '怎样拍才合用',
  points: [
    '只拍一人，朝镜头走来',
    '全身都在画面内，包括双脚',
    '从约 4 米处走到 1.5 米处',
    '镜头竖放、固定，高约 1.4 米',
    '光线均匀，衣服合身',
  ],
  picture: '示意图：从正面看的一个人，全身在画面内，正中一条铅垂线。',
};
