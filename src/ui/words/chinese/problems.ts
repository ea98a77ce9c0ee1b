/**
 * What went wrong, by the error's code: what it is, and what to do. The rooms say it in English, with the details at hand; here one sentence
 * has to be true of every place that throws the code. Codes that two rooms share (`damaged`) have one sentence that fits both.
 */
export const problems: Record<string, string> = {
  // A video that someone hands over, or a camera: src/capture/errors.ts.
  'empty-file': '文件是空的，里面没有内容。请从拍摄设备重新复制，或另选一个文件。',
  'not-a-video': '这个文件不是能打开的视频。请选择 MP4、MOV、WebM 或 MKV 格式的视频。',
  unreadable: '文件已无法读取：选择之后，它可能被移动、更改，或所在的设备已拔出。请重新选择。',
  'no-video-track': '这个文件只有声音，没有画面。请选择拍摄行走的视频。',
  'codec-unsupported':
    '这个浏览器无法解码该视频。请把它转换为 H.264（MP4）后再试；用 iPhone 拍摄的，请在“设置”›“相机”›“格式”中选“兼容性最佳”，再重新录制。',
  'too-short': '视频太短。筛查至少需要一秒的行走，十秒更好。请重新录制，或选择更长的视频。',
  'browser-unsupported': '这个浏览器不能在网页中解码视频（没有 WebCodecs）。请使用新版的 Chrome、Edge、Firefox 或 Safari。',
  'camera-unsupported': '这个浏览器不让页面使用摄像头。请用新版浏览器，通过 https 或在这台电脑本机打开页面。',
  'camera-refused': '摄像头未获允许。请点地址栏中的摄像头图标，或在系统设置中，允许本页面使用摄像头，然后再试一次。',
  'camera-missing': '没有找到摄像头。请接好摄像头，或换一个。',
  'camera-busy': '摄像头正被其他程序使用。请关闭视频通话和其他摄像头程序，然后再试一次。',
  'camera-failed': '摄像头无法启动。请重新插上，或换一个。',
  'camera-lost': '摄像头断开了：可能被拔出或关闭。请重新接上，再启动一次。',
  'camera-interrupted': '行走过程中画面中断。请让本页面保持在最前面，关闭其他程序，然后重新走一次。',

  // Between a frame and its keypoints: src/pose/errors.ts.
  'engine-failed': '姿态模型无法载入或启动。请联网后刷新页面，再试一次。',
  'frame-failed': '姿态模型处理到某一帧时出错。请再试一次。',
  'not-watching': '摄像头画面没有在处理中。请重新启动摄像头。',

  // Between the page and its workers: src/screening/errors.ts.
  'worker-crashed': '后台计算意外停止。请再试一次。',
  'worker-silent': '后台计算长时间没有响应。请再试一次。',
  closed: '后台计算已关闭或重新启动，这项工作没有完成。请再试一次。',
  'out-of-turn': '页面的内部步骤出错。请刷新页面，再试一次。',
  'sample-damaged': '示例行走无法载入或使用。请刷新页面。',
  'no-outlines': '当前模型要看身体的轮廓，而这段行走只有关键点。请选择视频，或换一个模型。',
  'model-missing': '这个模型不在本设备上。请选择其他模型。',
  'model-served': '这个模型随页面提供，不能移除。',
  'not-a-checkpoint': '这个文件太大，不是检查点文件：检查点文件约 30 MB。请选择检查点文件。',
  'file-unreadable': '文件无法读取：它可能被移动或更改。请重新选择。',
  'storage-full': '空间不足，无法保存这个模型。请移除一个模型，或清理本设备的空间，再重新导入。此前保存的内容都还在。',
  'storage-refused': '这个浏览器不为本页面保存文件，因此无法导入模型。请退出无痕窗口，或通过 https 打开页面。',

  // A model, or the device that should run it: src/nets/errors.ts.
  'manifest-invalid': '模型的说明文件无法读取，或缺少所需的内容。请重新载入或重新导入这个模型，并补全所问的内容，或换一个模型。',
  'import-incomplete': '导入所需的回答不完整，或与检查点文件不符。请补全回答，或选择相符的预设。',
  'weights-mismatch': '权重与网络不符：可能来自其他网络，或结构与这里所知的不同。请换一个文件或模型。',
  'weights-damaged':
    '模型的文件缺失、损坏，或无法在此核对。请重新载入或重新导入这个模型；页面须通过 https 或在这台电脑本机打开。',
  'backend-missing': '这个浏览器无法运行网络。请更新浏览器，或换一个浏览器。',
  'backend-wrong': '计算引擎在本设备上算错了这个网络，因此不能使用。请更新浏览器，或换一个浏览器。',
  'device-lost': '显卡在计算中途不可用了。请再试一次；如果再次出现，请刷新页面。',

  // A file's bytes: src/formats/errors.ts.
  'not-recognised': '文件的格式无法识别。请选择 .pt 或 .pth 检查点文件，或 .safetensors 文件；不对称范围请选择 .npy 文件。',
  truncated: '文件是空的或不完整。请重新复制，或另选一个文件。',
  damaged: '文件已损坏，或在保存、复制时中断。请重新复制；如果仍然不行，请重新录制或重新导出。',
  unsupported:
    '文件的内容不是这里能读取的种类。请用 torch.save 把 model.state_dict() 保存为检查点；不对称范围请用 np.save 保存为 [2, 8, 3] 的数组。',
  'too-large': '文件超出了可以读取的大小或复杂程度。请确认选对了文件，或另选一个。',
  refused:
    '这个文件要求载入不在许可清单上的内容，那样可能会运行程序，因此没有读取。来源不可信时请不要使用；可以信任时，请只保存权重后再导入。',
  'invalid-value': '数据中有不能采用的数值，例如最小值大于最大值，或不是数字。请检查文件，或另选一个。',

  // A report: src/report/errors.ts.
  'system-not-a-uri': '这不能作为被测者编号所属的系统。请填写一个标识地址，例如以 urn:uuid 开头、后接本机构自己的编号。',

  // Working without a connection: src/offline/errors.ts.
  'offline-unreachable': '还没有全部下载，连接就中断了。联网时页面照常可用；请重新联网，再试一次。',
  'offline-changed': '服务器发来的文件不属于这个版本。请过几分钟再试；如果仍然不行，请告知页面的提供者。',
  'offline-full': '本设备空间不足，无法离线使用。请清理一些空间，然后再试一次。此前保存的内容都还在。',
  'offline-refused': '这个浏览器不为本页面保存文件，因此需要联网。请退出无痕窗口，或允许本网站保存数据。',

  // What is kept on this device, and the files that carry it to another: src/records/errors.ts.
  'records-refused': '这个浏览器不为本页面保存数据，因此无法保存记录。请退出无痕窗口，或允许本页面保存数据。',
  'records-full': '本设备空间不足，没能全部保存。请删除一些记录或清理空间，然后再试一次。此前保存的内容都还在。',
  'records-blocked': '另一个标签页中打开着旧版的 Plumbline。请关闭其他 Plumbline 标签页，然后刷新本页面。',
  'records-newer': '本设备上的记录由更新版本的 Plumbline 写入，没有改动。请刷新页面以获取新版本。',
  'records-closed': '记录已被另一个标签页中的新版本打开，或被浏览器收回。请刷新页面。',
  'records-failed': '浏览器无法读写本设备上的记录。请刷新页面；如果仍然不行，请重新启动浏览器。',
  'records-locked': '记录已用密码锁定。请输入密码后继续。',
  'wrong-passphrase': '密码不对。请再试一次；没有密码，谁也无法读取锁定的内容。',
  'record-missing': '这条记录已不在本设备上，可能在另一个标签页中被删除了。请返回列表。',
  'record-damaged': '已保存的内容有损坏，无法读取。请删除损坏的记录，或从导出的文件重新导入。',
  'record-invalid': '这次筛查的内容有误，无法保存为记录。请检查填写的内容，再试一次。',
  'settings-invalid': '这项设置不能采用，仍保留原来的设置。请改正后再保存。',
  'export-foreign': '这不是 Plumbline 导出的记录文件。请选择以 .plumbline 结尾的文件。',
  'export-newer': '这个文件由更新版本的 Plumbline 导出，没有导入任何内容。请刷新页面以获取新版本，再重新导入。',
  'export-damaged': '这个文件已损坏或不完整，没有导入任何内容。请从导出它的设备重新复制。',
  'export-too-large': '这个文件的内容太多，无法一次导入，没有导入任何内容。请分几次导出，每次少选一些记录。',
  'export-locked': '这个文件已用密码锁定。请输入导出时设置的密码。',
  'export-unreadable': '文件无法读取：它可能被移动、更改，或所在的设备已拔出。请重新选择。',
};
