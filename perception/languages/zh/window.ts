<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>Actions</name>
    <message>
        <source>This link is not opened: {address}</source>
        <translation>此链接未被打开：{address}</translation>
    </message>
    <message>
        <source>Only web and mail links are.</source>
        <translation>只能打开网页和邮件链接。</translation>
    </message>
    <message>
        <source>Open a link</source>
        <translation>打开链接</translation>
    </message>
    <message>
        <source>Open this page in your browser?</source>
        <translation>要在浏览器中打开此页面吗？</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>复制地址</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>New private chat</source>
        <translation>新建私密对话</translation>
    </message>
    <message>
        <source>Find in all chats</source>
        <translation>在所有对话中查找</translation>
    </message>
    <message>
        <source>Rename the chat</source>
        <translation>重命名对话</translation>
    </message>
    <message>
        <source>Pin the chat to the top, or unpin it</source>
        <translation>置顶对话，或取消置顶</translation>
    </message>
    <message>
        <source>Delete the chat that is marked in the list</source>
        <translation>删除列表中选中的对话</translation>
    </message>
    <message>
        <source>Bring the deleted chat back</source>
        <translation>恢复已删除的对话</translation>
    </message>
    <message>
        <source>Export the chat…</source>
        <translation>导出对话…</translation>
    </message>
    <message>
        <source>Import chats…</source>
        <translation>导入对话…</translation>
    </message>
    <message>
        <source>The reasons are shown.</source>
        <translation>已显示理由。</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>已复制。</translation>
    </message>
    <message>
        <source>Write a question</source>
        <translation>输入问题</translation>
    </message>
    <message>
        <source>Send the question, while it is written</source>
        <translation>发送正在输入的问题</translation>
    </message>
    <message>
        <source>Begin a new line, while a question is written</source>
        <translation>输入问题时换行</translation>
    </message>
    <message>
        <source>Add a picture…</source>
        <translation>添加图片…</translation>
    </message>
    <message>
        <source>Switch the camera on or off</source>
        <translation>打开或关闭摄像头</translation>
    </message>
    <message>
        <source>Say what is in view</source>
        <translation>说出看到的内容</translation>
    </message>
    <message>
        <source>Find in this chat</source>
        <translation>在此对话中查找</translation>
    </message>
    <message>
        <source>Go to the next match</source>
        <translation>转到下一个匹配项</translation>
    </message>
    <message>
        <source>Go to the previous match</source>
        <translation>转到上一个匹配项</translation>
    </message>
    <message>
        <source>Read the previous message</source>
        <translation>阅读上一条消息</translation>
    </message>
    <message>
        <source>Read the next message</source>
        <translation>阅读下一条消息</translation>
    </message>
    <message>
        <source>Change the last question</source>
        <translation>修改上一个问题</translation>
    </message>
    <message>
        <source>The same, while nothing is written</source>
        <translation>同上，输入框为空时</translation>
    </message>
    <message>
        <source>Copy the last answer</source>
        <translation>复制最后一个回答</translation>
    </message>
    <message>
        <source>Why the last answer?</source>
        <translation>为什么这样回答？</translation>
    </message>
    <message>
        <source>Say the last answer again</source>
        <translation>再说一遍最后的回答</translation>
    </message>
    <message>
        <source>Answer the last question again</source>
        <translation>重新回答最后一个问题</translation>
    </message>
    <message>
        <source>Continue the answer that reached its longest length</source>
        <translation>继续写因达到最长长度而中断的回答</translation>
    </message>
    <message>
        <source>Silence the voice; a second time: stop what is going on</source>
        <translation>停止朗读；再按一次：停止正在进行的操作</translation>
    </message>
    <message>
        <source>Talk while it is held; a tap begins and ends</source>
        <translation>按住说话；轻按开始和结束</translation>
    </message>
    <message>
        <source>The same, where nothing is typed</source>
        <translation>同上，未在输入时</translation>
    </message>
    <message>
        <source>Mute the microphone</source>
        <translation>麦克风静音</translation>
    </message>
    <message>
        <source>Read answers aloud</source>
        <translation>朗读回答</translation>
    </message>
    <message>
        <source>What did I miss?</source>
        <translation>我错过了什么？</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Questions and answers</source>
        <translation>问题与回答</translation>
    </message>
    <message>
        <source>Talking</source>
        <translation>说话</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Candor</source>
        <translation>Candor</translation>
    </message>
    <message>
        <source>Text size {n} percent.</source>
        <translation>文字大小 {n}%。</translation>
    </message>
    <message>
        <source>New window</source>
        <translation>新窗口</translation>
    </message>
    <message>
        <source>Close this window</source>
        <translation>关闭此窗口</translation>
    </message>
    <message>
        <source>Go to the next part: chats, conversation, question, picture</source>
        <translation>转到下一部分：对话列表、对话、问题、图片</translation>
    </message>
    <message>
        <source>Go to the part before</source>
        <translation>转到上一部分</translation>
    </message>
    <message>
        <source>Show or hide the chats</source>
        <translation>显示或隐藏对话列表</translation>
    </message>
    <message>
        <source>Show or hide picture and reasons</source>
        <translation>显示或隐藏图片与理由</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>放大文字</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>缩小文字</translation>
    </message>
    <message>
        <source>Text in its normal size</source>
        <translation>文字恢复正常大小</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Find an action, a chat or a setting…</source>
        <translation>查找操作、对话或设置…</translation>
    </message>
    <message>
        <source>All actions and keys</source>
        <translation>所有操作和快捷键</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>模型…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Train…</source>
        <translation>训练…</translation>
    </message>
    <message>
        <source>Three things to try…</source>
        <translation>三件可以试试的事…</translation>
    </message>
    <message>
        <source>About Candor</source>
        <translation>关于 Candor</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
</context>
<context>
    <name>AdapterCard</name>
    <message>
        <source>Candor&apos;s own</source>
        <translation>Candor 自带的</translation>
    </message>
    <message>
        <source>Switch on</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Turn off</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Compare again</source>
        <translation>重新比较</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>It cannot be used: {problem}.</source>
        <translation>无法使用：{problem}。</translation>
    </message>
    <message>
        <source>Compared again {when}</source>
        <translation>重新比较于 {when}</translation>
    </message>
    <message>
        <source>Delete for good?</source>
        <translation>确定永久删除？</translation>
    </message>
    <message>
        <source>On</source>
        <translation>已启用</translation>
    </message>
    <message>
        <source>your voice</source>
        <translation>您的声音</translation>
    </message>
    <message>
        <source>a whole model</source>
        <translation>完整模型</translation>
    </message>
    <message>
        <source>for answers</source>
        <translation>用于回答</translation>
    </message>
    <message>
        <source>Where it came from</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Made {when} for {base}</source>
        <translation>制作于 {when}，用于 {base}</translation>
    </message>
    <message>
        <source>From {n} examples, {tokens} tokens, in {time}</source>
        <translation>来自 {n} 个示例、{tokens} 个词元，用时 {time}</translation>
    </message>
    <message>
        <source>Fingerprint of the data: {digest}</source>
        <translation>数据指纹：{digest}</translation>
    </message>
    <message>
        <source>Fingerprint of the base: {digest}</source>
        <translation>基础模型指纹：{digest}</translation>
    </message>
    <message>
        <source>Settings: {settings}</source>
        <translation>设置：{settings}</translation>
    </message>
</context>
<context>
    <name>AdaptersPage</name>
    <message>
        <source>Import a file…</source>
        <translation>导入文件…</translation>
    </message>
    <message>
        <source>Import a folder…</source>
        <translation>导入文件夹…</translation>
    </message>
    <message>
        <source>It is here, and not used until you switch it on.</source>
        <translation>已导入，启用之前不会使用。</translation>
    </message>
    <message>
        <source>It stays off. Safety and grounding keep Candor from harm and from making things up; ordinary talk is what you ask of it every day. Look at the table before you decide.</source>
        <translation>它保持关闭。安全性和依据性使 Candor 不造成伤害、不编造内容；日常对话则是您每天都会用到的。请先看表格再决定。</translation>
    </message>
    <message>
        <source>Leave it off</source>
        <translation>保持关闭</translation>
    </message>
    <message>
        <source>Switch it on anyway</source>
        <translation>仍然启用</translation>
    </message>
    <message>
        <source>“{name}” is worse than before on safety, grounding or ordinary talk.</source>
        <translation>“{name}”在安全性、依据性或日常对话上变差了。</translation>
    </message>
    <message>
        <source>The training “{name}” was begun and not finished.</source>
        <translation>训练“{name}”已开始但未完成。</translation>
    </message>
    <message>
        <source>Go on with it</source>
        <translation>继续训练</translation>
    </message>
    <message>
        <source>Nothing was trained yet. Candor answers as it came.</source>
        <translation>还没有训练过。Candor 按原样回答。</translation>
    </message>
    <message>
        <source>Comparing “{name}” with its base. This takes some minutes.</source>
        <translation>正在将“{name}”与基础模型比较。这需要几分钟。</translation>
    </message>
    <message>
        <source>Adapters</source>
        <translation>适配器</translation>
    </message>
    <message>
        <source>An exported adapter</source>
        <translation>已导出的适配器</translation>
    </message>
    <message>
        <source>The folder of an exported adapter</source>
        <translation>已导出适配器的文件夹</translation>
    </message>
    <message>
        <source>Where to put the copy</source>
        <translation>副本存放位置</translation>
    </message>
    <message>
        <source>Trained versions</source>
        <translation>训练版本</translation>
    </message>
</context>
<context>
    <name>AdminExit</name>
    <message>
        <source>Leave the kiosk</source>
        <translation>退出公共终端</translation>
    </message>
    <message>
        <source>PIN of the owner</source>
        <translation>所有者 PIN</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message numerus="yes">
        <source>%n digit(s) entered</source>
        <translation>
            <numerusform>已输入 %n 位</numerusform>
        </translation>
    </message>
    <message>
        <source>No PIN is set. In a terminal: candor kiosk pin</source>
        <translation>尚未设置 PIN。请在终端运行：candor kiosk pin</translation>
    </message>
    <message numerus="yes">
        <source>That is not the PIN. Try again in %n second(s).</source>
        <translation>
            <numerusform>PIN 不正确。请 %n 秒后重试。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Try again in %n second(s).</source>
        <translation>
            <numerusform>请 %n 秒后重试。</numerusform>
        </translation>
    </message>
    <message>
        <source>That is not the PIN.</source>
        <translation>PIN 不正确。</translation>
    </message>
</context>
<context>
    <name>Amounts</name>
    <message>
        <source>%1/s</source>
        <translation>%1/秒</translation>
    </message>
    <message>
        <source>a few seconds left</source>
        <translation>还剩几秒</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>还剩不到一分钟</translation>
    </message>
    <message>
        <source>about a minute left</source>
        <translation>还剩约 1 分钟</translation>
    </message>
    <message>
        <source>about %1 minutes left</source>
        <translation>还剩约 %1 分钟</translation>
    </message>
</context>
<context>
    <name>AnswerActions</name>
    <message>
        <source>Why?</source>
        <translation>为什么？</translation>
    </message>
    <message>
        <source>Why this answer?</source>
        <translation>为什么这样回答？</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy this answer</source>
        <translation>复制这个回答</translation>
    </message>
    <message>
        <source>Say again</source>
        <translation>再说一遍</translation>
    </message>
    <message>
        <source>Say it in another way</source>
        <translation>换一种方式说</translation>
    </message>
    <message>
        <source>Regenerate</source>
        <translation>重新生成</translation>
    </message>
    <message>
        <source>Good answer</source>
        <translation>好的回答</translation>
    </message>
    <message>
        <source>Bad answer</source>
        <translation>不好的回答</translation>
    </message>
    <message>
        <source>Corrected: change it</source>
        <translation>已更正：修改</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>已复制。</translation>
    </message>
    <message>
        <source>Correct this answer</source>
        <translation>更正这个回答</translation>
    </message>
    <message>
        <source>{name} (to “{question}”)</source>
        <translation>{name}（针对“{question}”）</translation>
    </message>
    <message>
        <source>Say it slower</source>
        <translation>说慢一点</translation>
    </message>
    <message>
        <source>Say it faster</source>
        <translation>说快一点</translation>
    </message>
    <message>
        <source>Spell “{word}”</source>
        <translation>拼读“{word}”</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>AnswerBody</name>
    <message>
        <source>Show more</source>
        <translation>显示更多</translation>
    </message>
    <message>
        <source>Candor answered</source>
        <translation>Candor 的回答</translation>
    </message>
    <message>
        <source>This answer is very long: it goes on.</source>
        <translation>这个回答很长，后面还有。</translation>
    </message>
</context>
<context>
    <name>AnswerNotice</name>
    <message>
        <source>Your answer is ready.</source>
        <translation>您的回答已准备好。</translation>
    </message>
</context>
<context>
    <name>AnswerView</name>
    <message>
        <source>Candor</source>
        <translation>Candor</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>模型…</translation>
    </message>
    <message>
        <source>This answer was not finished.</source>
        <translation>这个回答没有完成。</translation>
    </message>
    <message>
        <source>What was changed?</source>
        <translation>修改了什么？</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>为什么？</translation>
    </message>
    <message>
        <source>Ask in other words</source>
        <translation>换一种问法</translation>
    </message>
    <message>
        <source>Stopped here.</source>
        <translation>停在这里。</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>The answer reached its longest length and is not finished.</source>
        <translation>回答已达到最大长度，尚未写完。</translation>
    </message>
</context>
<context>
    <name>AppealBar</name>
    <message>
        <source>This was wrong…</source>
        <translation>这不对…</translation>
    </message>
    <message>
        <source>Say that this decision was wrong</source>
        <translation>指出这个判定有误</translation>
    </message>
    <message>
        <source>You marked this decision as wrong.</source>
        <translation>您已将这个判定标为有误。</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
</context>
<context>
    <name>AppealForm</name>
    <message>
        <source>For example: I only asked about a recipe</source>
        <translation>例如：我只是问一个菜谱</translation>
    </message>
    <message>
        <source>Why it was wrong; you need not say</source>
        <translation>为什么有误（可不填）</translation>
    </message>
    <message>
        <source>May be used when the safety classifier is trained</source>
        <translation>可用于训练安全分类器</translation>
    </message>
    <message>
        <source>Mark as wrong</source>
        <translation>标为有误</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>What was wrong about this decision?</source>
        <translation>这个判定哪里不对？</translation>
    </message>
    <message>
        <source>It stays on this computer with this chat, and is deleted with it.</source>
        <translation>它与本对话一起保存在这台电脑上，并随之删除。</translation>
    </message>
</context>
<context>
    <name>AppealList</name>
    <message>
        <source>Decisions you marked as wrong</source>
        <translation>您标为有误的判定</translation>
    </message>
    <message>
        <source>None. “This was wrong…” stands below an answer that was changed.</source>
        <translation>没有。被更改的回答下方有“这不对…”。</translation>
    </message>
    <message>
        <source>Decisions: {n}. They are deleted with their chats.</source>
        <translation>判定：{n} 条。它们随所属对话一起删除。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Delete: {asked}</source>
        <translation>删除：{asked}</translation>
    </message>
    <message>
        <source>May be learned from</source>
        <translation>可用于学习</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>未显示</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>已更改</translation>
    </message>
    <message>
        <source>Advised</source>
        <translation>已提醒</translation>
    </message>
</context>
<context>
    <name>Arrivals</name>
    <message>
        <source>Starting again</source>
        <translation>正在重新启动</translation>
    </message>
    <message>
        <source>Kept: this decision was wrong.</source>
        <translation>已记下：这个判定有误。</translation>
    </message>
    <message>
        <source>No longer marked as wrong.</source>
        <translation>不再标为有误。</translation>
    </message>
    <message>
        <source>Loading the models</source>
        <translation>正在加载模型</translation>
    </message>
</context>
<context>
    <name>AttachedText</name>
    <message>
        <source>Read the attached text: {title}</source>
        <translation>阅读附加的文字：{title}</translation>
    </message>
    <message>
        <source>{words} words</source>
        <translation>{words} 词</translation>
    </message>
    <message>
        <source>{words} words, {lines} lines</source>
        <translation>{words} 词，{lines} 行</translation>
    </message>
</context>
<context>
    <name>AttachmentIntake</name>
    <message>
        <source>Attached: {title}</source>
        <translation>已附加：{title}</translation>
    </message>
    <message>
        <source>Send these first, or take one away.</source>
        <translation>请先发送这些图片，或移除一张。</translation>
    </message>
    <message>
        <source>Four pictures are the most in one question.</source>
        <translation>一个问题最多可带四张图片。</translation>
    </message>
</context>
<context>
    <name>Attachments</name>
    <message>
        <source>Picture {n}: show it</source>
        <translation>图片 {n}：显示</translation>
    </message>
    <message>
        <source>Remove this picture</source>
        <translation>移除这张图片</translation>
    </message>
</context>
<context>
    <name>CallChips</name>
    <message>
        <source>Put the clipboard into my message</source>
        <translation>把剪贴板放进我的消息</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>CameraOff</name>
    <message>
        <source>Turn on</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Turn the camera on</source>
        <translation>打开摄像头</translation>
    </message>
    <message>
        <source>The camera is off</source>
        <translation>摄像头已关闭</translation>
    </message>
    <message>
        <source>Waiting for the camera&apos;s first picture</source>
        <translation>正在等待摄像头的第一幅画面</translation>
    </message>
    <message>
        <source>Turn it on to ask about what you hold up to it.</source>
        <translation>打开后，可以询问您举到镜头前的东西。</translation>
    </message>
</context>
<context>
    <name>CandidateRow</name>
    <message>
        <source>Earlier candidates</source>
        <translation>前面的候选</translation>
    </message>
    <message>
        <source>More candidates</source>
        <translation>更多候选</translation>
    </message>
    <message>
        <source>Pinyin</source>
        <translation>拼音</translation>
    </message>
</context>
<context>
    <name>Captions</name>
    <message>
        <source>Captions</source>
        <translation>字幕</translation>
    </message>
    <message>
        <source>You, so far</source>
        <translation>您，目前为止</translation>
    </message>
</context>
<context>
    <name>CategoryRow</name>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Change: {name}</source>
        <translation>更改：{name}</translation>
    </message>
</context>
<context>
    <name>ChatImport</name>
    <message>
        <source>Exported chats</source>
        <translation>导出的对话</translation>
    </message>
    <message>
        <source>Import chats</source>
        <translation>导入对话</translation>
    </message>
    <message>
        <source>Stop the import</source>
        <translation>停止导入</translation>
    </message>
    <message>
        <source>Importing chats…</source>
        <translation>正在导入对话…</translation>
    </message>
    <message>
        <source>Chats read so far: {n}.</source>
        <translation>目前已读取的对话：{n}。</translation>
    </message>
    <message>
        <source>Chats imported: {n}.</source>
        <translation>已导入 {n} 个对话。</translation>
    </message>
    <message>
        <source>Here already: {n}.</source>
        <translation>已存在 {n} 个。</translation>
    </message>
    <message>
        <source>What was not taken: {n}.</source>
        <translation>未导入 {n} 项。</translation>
    </message>
    <message>
        <source>Show the list</source>
        <translation>显示列表</translation>
    </message>
</context>
<context>
    <name>ChatList</name>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search all chats</source>
        <translation>搜索所有对话</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Nothing found.</source>
        <translation>没有找到。</translation>
    </message>
    <message>
        <source>No chats yet.</source>
        <translation>还没有对话。</translation>
    </message>
    <message>
        <source>Pinned.</source>
        <translation>已置顶。</translation>
    </message>
    <message>
        <source>No longer pinned.</source>
        <translation>已取消置顶。</translation>
    </message>
    <message>
        <source>{title} deleted. Ctrl+Z brings it back.</source>
        <translation>已删除“{title}”。按 Ctrl+Z 可恢复。</translation>
    </message>
    <message>
        <source>The chat is back.</source>
        <translation>对话已恢复。</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Export this chat</source>
        <translation>导出此对话</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>已置顶</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>本周</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>更早</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Found: {n}.</source>
        <translation>找到 {n} 项。</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消置顶</translation>
    </message>
    <message>
        <source>Pin to the top</source>
        <translation>置顶</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
</context>
<context>
    <name>ChatSearch</name>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>{n} of {all}</source>
        <translation>第 {n} 项，共 {all} 项</translation>
    </message>
</context>
<context>
    <name>ChatView</name>
    <message>
        <source>Chats</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>已置顶</translation>
    </message>
</context>
<context>
    <name>Children</name>
    <message>
        <source>Candor has said nothing for two minutes.</source>
        <translation>Candor 已有两分钟没有回应。</translation>
    </message>
    <message>
        <source>A long question can take that long.</source>
        <translation>较长的问题可能需要这么久。</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Start it again</source>
        <translation>重新启动</translation>
    </message>
    <message>
        <source>Sound stopped, and is started again.</source>
        <translation>声音中断了，正在重新启动。</translation>
    </message>
    <message>
        <source>Candor&apos;s {part} stopped again and again.</source>
        <translation>Candor 的 {part} 一再停止。</translation>
    </message>
    <message>
        <source>Run “candor doctor” to see why. Its log is {file}.</source>
        <translation>运行“candor doctor”查看原因。日志位于 {file}。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>mind</source>
        <translation>思考进程</translation>
    </message>
    <message>
        <source>sound</source>
        <translation>声音进程</translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>p. {n}</source>
        <translation>第 {n} 页</translation>
    </message>
    <message>
        <source>your text: {title}</source>
        <translation>您的文字：{title}</translation>
    </message>
    <message>
        <source>“{words}”</source>
        <translation>“{words}”</translation>
    </message>
    <message>
        <source>perhaps {words}</source>
        <translation>可能是 {words}</translation>
    </message>
    <message>
        <source>you told me: {words}</source>
        <translation>您告诉我：{words}</translation>
    </message>
    <message>
        <source>your note: {words}</source>
        <translation>您的笔记：{words}</translation>
    </message>
    <message>
        <source>earlier: {words}</source>
        <translation>之前：{words}</translation>
    </message>
    <message>
        <source>left</source>
        <translation>左</translation>
    </message>
    <message>
        <source>middle</source>
        <translation>中间</translation>
    </message>
    <message>
        <source>right</source>
        <translation>右</translation>
    </message>
    <message>
        <source>top left</source>
        <translation>左上</translation>
    </message>
    <message>
        <source>top middle</source>
        <translation>上方中间</translation>
    </message>
    <message>
        <source>top right</source>
        <translation>右上</translation>
    </message>
    <message>
        <source>bottom left</source>
        <translation>左下</translation>
    </message>
    <message>
        <source>bottom middle</source>
        <translation>下方中间</translation>
    </message>
    <message>
        <source>bottom right</source>
        <translation>右下</translation>
    </message>
</context>
<context>
    <name>CodeView</name>
    <message>
        <source>Show as a table</source>
        <translation>显示为表格</translation>
    </message>
    <message>
        <source>Wrap long lines</source>
        <translation>长行自动换行</translation>
    </message>
    <message>
        <source>Save code as a file…</source>
        <translation>将代码保存为文件…</translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation>复制代码</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Copy table</source>
        <translation>复制表格</translation>
    </message>
    <message>
        <source>A large table, shown as text</source>
        <translation>大表格，以文本显示</translation>
    </message>
    <message>
        <source>a large table, shown as text</source>
        <translation>大表格，以文本显示</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>已复制。</translation>
    </message>
    <message>
        <source>Save code as a file</source>
        <translation>将代码保存为文件</translation>
    </message>
    <message>
        <source>Not saved: {reason}</source>
        <translation>未保存：{reason}</translation>
    </message>
    <message>
        <source>Saved as {name}</source>
        <translation>已保存为 {name}</translation>
    </message>
</context>
<context>
    <name>Collapsible</name>
    <message>
        <source>Open. Press to close.</source>
        <translation>已展开。按下可收起。</translation>
    </message>
    <message>
        <source>Closed. Press to open.</source>
        <translation>已收起。按下可展开。</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Find an action, a chat or a setting</source>
        <translation>查找操作、对话或设置</translation>
    </message>
    <message>
        <source>What would you like to do?</source>
        <translation>您想做什么？</translation>
    </message>
    <message>
        <source>Nothing found.</source>
        <translation>未找到任何内容。</translation>
    </message>
    <message>
        <source>What fits</source>
        <translation>匹配项</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Add a picture or a text</source>
        <translation>添加图片或文字</translation>
    </message>
    <message>
        <source>Look through the camera</source>
        <translation>通过摄像头看</translation>
    </message>
    <message>
        <source>Stop editing, keep the old answer</source>
        <translation>停止编辑，保留原来的回答</translation>
    </message>
    <message>
        <source>Your question is asked again; what follows it is replaced.</source>
        <translation>您的问题将重新提出，其后的内容会被替换。</translation>
    </message>
    <message>
        <source>It has {n} characters, and the field holds {most}: it stays attached.</source>
        <translation>它有 {n} 个字符，而输入框最多容纳 {most} 个，所以仍作为附件。</translation>
    </message>
    <message>
        <source>Pictures and texts</source>
        <translation>图片和文本</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Stop this answer</source>
        <translation>停止回答</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
</context>
<context>
    <name>ConfirmDelete</name>
    <message>
        <source>Delete everything</source>
        <translation>全部删除</translation>
    </message>
    <message>
        <source>delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>It cannot be undone. Type “{word}” to confirm.</source>
        <translation>此操作无法撤销。请输入“{word}”以确认。</translation>
    </message>
</context>
<context>
    <name>Consent</name>
    <message>
        <source>Learn from your marks?</source>
        <translation>从您的评价中学习？</translation>
    </message>
    <message>
        <source>May Candor keep what you think of its answers?</source>
        <translation>Candor 可以保存您对回答的评价吗？</translation>
    </message>
    <message>
        <source>The question, the answer and your correction are saved on this computer. They are used only when you start a training yourself. You can change this in the settings.</source>
        <translation>问题、回答和您的更正都保存在这台电脑上，只有在您自己开始训练时才会使用。您可以在设置中更改。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Don&apos;t save</source>
        <translation>不保存</translation>
    </message>
</context>
<context>
    <name>ConversationPanel</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>Correction</name>
    <message>
        <source>What would have been right</source>
        <translation>正确的回答</translation>
    </message>
    <message>
        <source>Keep the correction</source>
        <translation>保存更正</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>What would have been right?</source>
        <translation>怎样回答才对？</translation>
    </message>
    <message>
        <source>Only the first {n} characters can be put right.</source>
        <translation>只能更正前 {n} 个字符。</translation>
    </message>
</context>
<context>
    <name>CurveView</name>
    <message>
        <source>Curves of the training</source>
        <translation>训练曲线</translation>
    </message>
    <message>
        <source>Kept back</source>
        <translation>留出部分</translation>
    </message>
    <message>
        <source>Accuracy, kept back</source>
        <translation>准确率（留出部分）</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
</context>
<context>
    <name>DeletedChats</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Bring the chat back (Ctrl+Z)</source>
        <translation>恢复对话（Ctrl+Z）</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
    <message>
        <source>Deleted: {title}</source>
        <translation>已删除：{title}</translation>
    </message>
</context>
<context>
    <name>DeviceTrial</name>
    <message>
        <source>Test both</source>
        <translation>测试两者</translation>
    </message>
    <message>
        <source>Loudness of the microphone</source>
        <translation>麦克风音量</translation>
    </message>
    <message>
        <source>Plays a tone, records three seconds and plays them back.</source>
        <translation>播放提示音，录音三秒，然后回放。</translation>
    </message>
    <message>
        <source>Nothing was heard. Choose another microphone, or look whether it is switched off or muted.</source>
        <translation>什么也没听到。请选择其他麦克风，或检查它是否已关闭或静音。</translation>
    </message>
    <message>
        <source>Too quiet. Come nearer, or turn the microphone up in the system&apos;s sound settings.</source>
        <translation>声音太小。请靠近一些，或在系统声音设置中调高麦克风音量。</translation>
    </message>
    <message>
        <source>Too loud: the sound is cut off. Turn the microphone down in the system&apos;s sound settings, or move away a little.</source>
        <translation>声音太大，已经失真。请在系统声音设置中调低麦克风音量，或离远一点。</translation>
    </message>
    <message>
        <source>Good. Did you hear yourself?</source>
        <translation>很好。您听到自己的声音了吗？</translation>
    </message>
    <message>
        <source>The microphone is muted. Unmute it first.</source>
        <translation>麦克风已静音。请先取消静音。</translation>
    </message>
    <message>
        <source>After the tone, say something for three seconds…</source>
        <translation>提示音之后，请说三秒钟话…</translation>
    </message>
    <message>
        <source>No answer from the sound devices. Try again.</source>
        <translation>声音设备没有响应。请重试。</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>What would you like to know?</source>
        <translation>您想知道什么？</translation>
    </message>
    <message>
        <source>Type, talk, or show something.</source>
        <translation>打字、说话，或给我看些什么。</translation>
    </message>
    <message>
        <source>What do you see?</source>
        <translation>您看到了什么？</translation>
    </message>
    <message>
        <source>Choose a picture to ask about</source>
        <translation>选择一张图片来提问</translation>
    </message>
    <message>
        <source>Read the text</source>
        <translation>读出文字</translation>
    </message>
    <message>
        <source>What is this?</source>
        <translation>这是什么？</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>模型…</translation>
    </message>
</context>
<context>
    <name>Engines</name>
    <message>
        <source>llama.cpp, for a CPU</source>
        <translation>llama.cpp，适合处理器</translation>
    </message>
    <message>
        <source>PyTorch, for a graphics card</source>
        <translation>PyTorch，适合显卡</translation>
    </message>
    <message>
        <source>Another server</source>
        <translation>其他服务器</translation>
    </message>
    <message>
        <source>Whisper, for a CPU</source>
        <translation>Whisper，适合处理器</translation>
    </message>
    <message>
        <source>Whisper, for a graphics card</source>
        <translation>Whisper，适合显卡</translation>
    </message>
</context>
<context>
    <name>ExampleSource</name>
    <message>
        <source>A folder, or a csv, jsonl, txt file</source>
        <translation>文件夹，或 csv、jsonl、txt 文件</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>文件…</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>Also the answers that I marked or corrected</source>
        <translation>也包括我标记或更正过的回答</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>Your examples</source>
        <translation>您的示例</translation>
    </message>
    <message>
        <source>Folder with your examples</source>
        <translation>包含您的示例的文件夹</translation>
    </message>
</context>
<context>
    <name>ExamplesPage</name>
    <message>
        <source>mine</source>
        <translation>我的</translation>
    </message>
    <message>
        <source>Check the examples</source>
        <translation>检查示例</translation>
    </message>
    <message>
        <source>Estimate</source>
        <translation>估算</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>开始训练</translation>
    </message>
    <message>
        <source>Counting again for what you chose…</source>
        <translation>正在按您的选择重新计算…</translation>
    </message>
    <message>
        <source>{memory} of memory, {disk} of disk.</source>
        <translation>内存 {memory}，磁盘 {disk}。</translation>
    </message>
    <message>
        <source>About {time}, {memory} of memory, {disk} of disk.</source>
        <translation>约 {time}，内存 {memory}，磁盘 {disk}。</translation>
    </message>
    <message>
        <source>{size} of memory are missing for this choice.</source>
        <translation>此选择还缺 {size} 内存。</translation>
    </message>
    <message>
        <source>Close other programs, or choose the quick way, a smaller base or fewer upper layers. It said: {reason}</source>
        <translation>请关闭其他程序，或选择快速方式、较小的基础模型或更少的层数。原因：{reason}</translation>
    </message>
    <message>
        <source>Another training is under way. Wait for it, or stop it.</source>
        <translation>另一项训练正在进行。请等待或停止它。</translation>
    </message>
    <message>
        <source>There is nothing to learn from yet.</source>
        <translation>还没有可学习的内容。</translation>
    </message>
    <message>
        <source>Choose a file or folder, or take the answers that you marked.</source>
        <translation>请选择文件或文件夹，或使用您评价过的回答。</translation>
    </message>
    <message>
        <source>Reading the examples…</source>
        <translation>正在读取示例…</translation>
    </message>
    <message>
        <source>Trying a few steps. This takes a moment…</source>
        <translation>正在试运行几步，请稍候…</translation>
    </message>
    <message>
        <source>Switch it on</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Questions with the answers you would like. They stay on this computer, and you can go back at any time.</source>
        <translation>问题和您希望得到的回答。它们留在这台电脑上，您随时可以恢复。</translation>
    </message>
    <message>
        <source>Teach Candor from your own examples</source>
        <translation>用您自己的示例教 Candor</translation>
    </message>
    <message>
        <source>Name of the result</source>
        <translation>结果的名称</translation>
    </message>
    <message>
        <source>How</source>
        <translation>方式</translation>
    </message>
</context>
<context>
    <name>FeedbackList</name>
    <message>
        <source>What you gave for training</source>
        <translation>您为训练提供的内容</translation>
    </message>
    <message>
        <source>Nothing yet. Thumbs and corrections stand below each answer.</source>
        <translation>还没有。每个回答下方都有点赞、点踩和更正按钮。</translation>
    </message>
    <message>
        <source>Ratings: {n}. The newest {m} are shown.</source>
        <translation>评价：{n}。显示最新的 {m} 条。</translation>
    </message>
    <message>
        <source>Ratings: {n}. Nothing else of your chats is used.</source>
        <translation>评价：{n}。不会使用您对话中的其他内容。</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>收回</translation>
    </message>
    <message>
        <source>Take back: {asked}</source>
        <translation>收回：{asked}</translation>
    </message>
    <message>
        <source>Corrected</source>
        <translation>已更正</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>好</translation>
    </message>
    <message>
        <source>Bad: nothing is learned from it</source>
        <translation>不好：不会从中学习</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in this chat</source>
        <translation>在此对话中查找</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>上一个匹配项</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>下一个匹配项</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>关闭查找</translation>
    </message>
</context>
<context>
    <name>FirstMinute</name>
    <message>
        <source>Three things to try</source>
        <translation>三件可以试试的事</translation>
    </message>
    <message>
        <source>Read all answers aloud</source>
        <translation>朗读所有回答</translation>
    </message>
    <message>
        <source>Test the camera</source>
        <translation>测试摄像头</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Candor hears you only while you hold Talk, until you choose another way. Test your microphone and speaker here:</source>
        <translation>只有在您按住“说话”时，Candor 才会听您说话，除非您选择其他方式。请在这里测试麦克风和扬声器：</translation>
    </message>
    <message>
        <source>Spoken questions are answered aloud. Typed ones are not, unless you wish.</source>
        <translation>语音提问会用语音回答。文字提问则不会，除非您希望如此。</translation>
    </message>
    <message>
        <source>Hear me</source>
        <translation>听我说</translation>
    </message>
    <message>
        <source>Show Candor a label, a letter or a thing, through the camera or as a picture. The camera is off until you turn it on, and nothing is recorded.</source>
        <translation>通过摄像头或图片，让 Candor 看标签、信件或物品。在您打开之前，摄像头是关闭的，也不会录制任何内容。</translation>
    </message>
    <message>
        <source>See me</source>
        <translation>看我</translation>
    </message>
    <message>
        <source>Type or say what you want to know. Here is something to begin with:</source>
        <translation>输入或说出您想知道的内容。可以从这些开始：</translation>
    </message>
    <message>
        <source>How do I boil an egg?</source>
        <translation>怎样煮鸡蛋？</translation>
    </message>
    <message>
        <source>What is 15% of 80?</source>
        <translation>80 的 15% 是多少？</translation>
    </message>
    <message>
        <source>Set a timer for 5 minutes</source>
        <translation>设置 5 分钟的计时器</translation>
    </message>
    <message>
        <source>Ask me</source>
        <translation>问我</translation>
    </message>
    <message>
        <source>Step {n} of 3</source>
        <translation>第 {n} 步，共 3 步</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Downloading the models</source>
        <translation>正在下载模型</translation>
    </message>
    <message>
        <source>Install from a folder or USB stick…</source>
        <translation>从文件夹或 U 盘安装…</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <source>Checking what is here…</source>
        <translation>正在检查已有内容…</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>Total %1, kept in %2. %3 free.</source>
        <translation>共 %1，保存在 %2。剩余 %3。</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Get the models (%1)</source>
        <translation>下载模型（%1）</translation>
    </message>
    <message>
        <source>Start now</source>
        <translation>现在开始</translation>
    </message>
    <message>
        <source>The other models are downloaded while you chat.</source>
        <translation>您聊天时会继续下载其他模型。</translation>
    </message>
    <message>
        <source>Checking what is here</source>
        <translation>正在检查已有内容</translation>
    </message>
    <message>
        <source>What was downloaded is kept.</source>
        <translation>已下载的内容会保留。</translation>
    </message>
    <message>
        <source>All models are here.</source>
        <translation>所有模型都已就绪。</translation>
    </message>
    <message>
        <source>Paused. What was downloaded is kept.</source>
        <translation>已暂停。已下载的内容会保留。</translation>
    </message>
    <message>
        <source>Welcome to Candor</source>
        <translation>欢迎使用 Candor</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Folder with the models</source>
        <translation>存放模型的文件夹</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>What did I miss?</source>
        <translation>我错过了什么？</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Hide the chats</source>
        <translation>隐藏对话列表</translation>
    </message>
    <message>
        <source>Show the chats</source>
        <translation>显示对话列表</translation>
    </message>
    <message>
        <source>Show picture and reasons</source>
        <translation>显示图片和理由</translation>
    </message>
    <message>
        <source>Hide picture and reasons</source>
        <translation>隐藏图片和理由</translation>
    </message>
    <message>
        <source>Stop reading answers aloud</source>
        <translation>不再朗读回答</translation>
    </message>
    <message>
        <source>Read answers aloud</source>
        <translation>朗读回答</translation>
    </message>
</context>
<context>
    <name>HelpCard</name>
    <message>
        <source>These numbers are for: {place}. Another region: Settings, Safety.</source>
        <translation>这些号码适用于：{place}。其他地区请到“设置”的“安全”中选择。</translation>
    </message>
    <message>
        <source>Your region is not known: choose it in Settings, Safety.</source>
        <translation>不知道您所在的地区：请到“设置”的“安全”中选择。</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>All actions and keys</source>
        <translation>所有操作和快捷键</translation>
    </message>
    <message>
        <source>Search, also by a key such as Ctrl+F</source>
        <translation>搜索，也可输入快捷键，如 Ctrl+F</translation>
    </message>
    <message>
        <source>Search actions and keys</source>
        <translation>搜索操作和快捷键</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>the question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>what the model read</source>
        <translation>模型读到的内容</translation>
    </message>
    <message>
        <source>the evidence</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>the answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>how it ended</source>
        <translation>结束方式</translation>
    </message>
    <message>
        <source>the reasons</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>the time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>A part of this turn is damaged: {parts}.</source>
        <translation>这一轮对话有一部分已损坏：{parts}。</translation>
    </message>
    <message>
        <source>The rest of the chat is as it was.</source>
        <translation>对话的其余部分保持原样。</translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message>
        <source>damaged chat</source>
        <translation>损坏的对话</translation>
    </message>
    <message>
        <source>damaged message</source>
        <translation>损坏的消息</translation>
    </message>
    <message>
        <source>file or picture</source>
        <translation>文件或图片</translation>
    </message>
    <message>
        <source>chat without a message</source>
        <translation>没有消息的对话</translation>
    </message>
    <message>
        <source>chat above 32 MB</source>
        <translation>超过 32 MB 的对话</translation>
    </message>
    <message>
        <source>chat cut off at the end of the file</source>
        <translation>在文件末尾被截断的对话</translation>
    </message>
</context>
<context>
    <name>InView</name>
    <message>
        <source>sure</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>fairly sure</source>
        <translation>比较确定</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人</translation>
    </message>
    <message>
        <source>Thing</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>Text in view</source>
        <translation>画面中的文字</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>码</translation>
    </message>
    <message>
        <source>Picture may show</source>
        <translation>画面可能有</translation>
    </message>
    <message>
        <source>Heard</source>
        <translation>听到</translation>
    </message>
    <message>
        <source>Picture described</source>
        <translation>画面描述</translation>
    </message>
    <message>
        <source>Picture quality</source>
        <translation>画面质量</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Sensor</source>
        <translation>传感器</translation>
    </message>
    <message>
        <source>About this place</source>
        <translation>关于本处</translation>
    </message>
    <message>
        <source>What you told me</source>
        <translation>您告诉我的</translation>
    </message>
    <message>
        <source>Your note</source>
        <translation>您的笔记</translation>
    </message>
    <message>
        <source>Earlier in this chat</source>
        <translation>这个对话里早先说的</translation>
    </message>
    <message>
        <source>Attached text</source>
        <translation>附加的文字</translation>
    </message>
    <message>
        <source>1 person</source>
        <translation>1 人</translation>
    </message>
    <message>
        <source>%1 people</source>
        <translation>%1 人</translation>
    </message>
    <message>
        <source>text (1 line)</source>
        <translation>文字（1 行）</translation>
    </message>
    <message>
        <source>text (%1 lines)</source>
        <translation>文字（%1 行）</translation>
    </message>
    <message>
        <source>1 code</source>
        <translation>1 个码</translation>
    </message>
    <message>
        <source>%1 codes</source>
        <translation>%1 个码</translation>
    </message>
    <message>
        <source>perhaps %1</source>
        <translation>可能是 %1</translation>
    </message>
    <message>
        <source>nothing that I recognise</source>
        <translation>没有我认得的东西</translation>
    </message>
</context>
<context>
    <name>InspectorPanel</name>
    <message>
        <source>The answer to “{question}”</source>
        <translation>对“{question}”的回答</translation>
    </message>
</context>
<context>
    <name>KeyPage</name>
    <message>
        <source>Capitals lock</source>
        <translation>大写锁定</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>上档</translation>
    </message>
</context>
<context>
    <name>Keyboard</name>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>capital {letter}</source>
        <translation>大写 {letter}</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>上档</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>回车</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>左</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>右</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>上</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>下</translation>
    </message>
    <message>
        <source>Next language</source>
        <translation>切换语言</translation>
    </message>
    <message>
        <source>Hide the keyboard</source>
        <translation>收起键盘</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>字母</translation>
    </message>
    <message>
        <source>Digits and signs</source>
        <translation>数字和符号</translation>
    </message>
    <message>
        <source>More signs</source>
        <translation>更多符号</translation>
    </message>
    <message>
        <source>E-mail address</source>
        <translation>电子邮箱</translation>
    </message>
    <message>
        <source>comma</source>
        <translation>逗号</translation>
    </message>
    <message>
        <source>full stop</source>
        <translation>句号</translation>
    </message>
    <message>
        <source>question mark</source>
        <translation>问号</translation>
    </message>
    <message>
        <source>exclamation mark</source>
        <translation>感叹号</translation>
    </message>
    <message>
        <source>colon</source>
        <translation>冒号</translation>
    </message>
    <message>
        <source>semicolon</source>
        <translation>分号</translation>
    </message>
    <message>
        <source>apostrophe</source>
        <translation>撇号</translation>
    </message>
    <message>
        <source>quotation mark</source>
        <translation>引号</translation>
    </message>
    <message>
        <source>hyphen</source>
        <translation>连字符</translation>
    </message>
    <message>
        <source>underscore</source>
        <translation>下划线</translation>
    </message>
    <message>
        <source>at sign</source>
        <translation>at 符号</translation>
    </message>
    <message>
        <source>slash</source>
        <translation>斜杠</translation>
    </message>
</context>
<context>
    <name>Kiosk</name>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Hello! How can I help?</source>
        <translation>你好！有什么可以帮您？</translation>
    </message>
    <message>
        <source>A person, please</source>
        <translation>请找工作人员</translation>
    </message>
    <message>
        <source>End</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Talk</source>
        <translation>说话</translation>
    </message>
    <message>
        <source>Done talking</source>
        <translation>说完了</translation>
    </message>
    <message>
        <source>Your question</source>
        <translation>您的问题</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>请稍等…</translation>
    </message>
    <message>
        <source>That did not work. Please ask again, or ask a person.</source>
        <translation>没有成功。请再问一次，或询问工作人员。</translation>
    </message>
    <message>
        <source>May I hear you?</source>
        <translation>可以听您说话吗？</translation>
    </message>
    <message>
        <source>With the microphone you can talk to me. It hears you only after you press Talk. You can also type or touch, without it.</source>
        <translation>使用麦克风，您可以直接和我说话。只有按下“说话”后才会收听。不用麦克风也可以打字或触摸。</translation>
    </message>
    <message>
        <source>May I see you?</source>
        <translation>可以看到您吗？</translation>
    </message>
    <message>
        <source>With the camera you can show me things, and I notice when you leave. No picture is kept. Everything works without it.</source>
        <translation>使用摄像头，您可以给我看东西，我也能知道您何时离开。不会保存任何图像。不用它一切功能也都可用。</translation>
    </message>
    <message>
        <source>When you leave, I forget what you said.</source>
        <translation>您离开后，我会忘记您说过的话。</translation>
    </message>
    <message>
        <source>Are you still there? I end in {seconds} seconds. Touch the screen.</source>
        <translation>您还在吗？{seconds} 秒后结束。请触摸屏幕。</translation>
    </message>
    <message>
        <source>Are you still there? Touch the screen to go on.</source>
        <translation>您还在吗？触摸屏幕即可继续。</translation>
    </message>
    <message>
        <source>Thank you. Goodbye!</source>
        <translation>谢谢，再见！</translation>
    </message>
    <message>
        <source>Your visit is being forgotten…</source>
        <translation>正在忘记您的这次来访…</translation>
    </message>
    <message>
        <source>Forgetting could not be proven. Please tell the staff.</source>
        <translation>无法证明已经忘记。请告知工作人员。</translation>
    </message>
    <message>
        <source>Please ask at {desk}.</source>
        <translation>请到{desk}询问。</translation>
    </message>
    <message>
        <source>I cannot answer just now</source>
        <translation>我现在无法回答</translation>
    </message>
    <message>
        <source>Please ask a person. I will try again by myself.</source>
        <translation>请询问工作人员。我会自动重试。</translation>
    </message>
    <message>
        <source>Closed just now</source>
        <translation>现在已关闭</translation>
    </message>
    <message>
        <source>I am here again on {day} at {time}.</source>
        <translation>{day} {time} 我会再来为您服务。</translation>
    </message>
    <message>
        <source>Something does not work just now. You can go on by touch.</source>
        <translation>有一项功能暂时不可用。您可以继续触摸使用。</translation>
    </message>
    <message>
        <source>A person is being called…</source>
        <translation>正在呼叫工作人员…</translation>
    </message>
    <message>
        <source>Somebody knows, and will come to you.</source>
        <translation>已经通知，会有人来帮您。</translation>
    </message>
    <message>
        <source>A person will gladly help you at {desk}.</source>
        <translation>{desk}的工作人员很乐意帮助您。</translation>
    </message>
    <message>
        <source>I could not reach anybody. Please ask the staff.</source>
        <translation>没能联系到人。请直接询问工作人员。</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>好</translation>
    </message>
    <message>
        <source>No</source>
        <translation>不用</translation>
    </message>
    <message>
        <source>I am getting ready…</source>
        <translation>正在准备…</translation>
    </message>
    <message>
        <source>Touch the screen to begin</source>
        <translation>触摸屏幕开始</translation>
    </message>
</context>
<context>
    <name>Learned</name>
    <message>
        <source>From now on: {word} (not {other})</source>
        <translation>从现在起：{word}（不是 {other}）</translation>
    </message>
    <message>
        <source>From now on: {word}</source>
        <translation>从现在起：{word}</translation>
    </message>
    <message>
        <source>Heard and spoken so. All your words are in the settings.</source>
        <translation>今后这样听、这样读。您的所有词语都在设置中。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>Library</name>
    <message>
        <source>A better model for this computer: {model} ({size}, {licence}).</source>
        <translation>这台电脑可以用更好的模型：{model}（{size}，{licence}）。</translation>
    </message>
    <message>
        <source>{better}. It is fetched only if you ask for it.</source>
        <translation>{better}。只有在您要求时才会下载。</translation>
    </message>
    <message>
        <source>quick answers</source>
        <translation>快速回答</translation>
    </message>
    <message>
        <source>many languages</source>
        <translation>多种语言</translation>
    </message>
    <message>
        <source>reasoning</source>
        <translation>推理</translation>
    </message>
    <message>
        <source>writing</source>
        <translation>写作</translation>
    </message>
    <message>
        <source>code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>long documents</source>
        <translation>长文档</translation>
    </message>
    <message>
        <source>Comes with Candor</source>
        <translation>随 Candor 提供</translation>
    </message>
    <message>
        <source>Better at: {what}</source>
        <translation>更擅长：{what}</translation>
    </message>
    <message>
        <source>about {size}</source>
        <translation>约 {size}</translation>
    </message>
    <message>
        <source>{count} languages</source>
        <translation>{count} 种语言</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英语</translation>
    </message>
    <message>
        <source>could see pictures, but is given words only</source>
        <translation>本可看图，但在此只接收文字</translation>
    </message>
    <message>
        <source>answers now</source>
        <translation>正在使用</translation>
    </message>
    <message>
        <source>on this computer</source>
        <translation>已在本机</translation>
    </message>
    <message>
        <source>paused at {done}</source>
        <translation>已暂停（{done}）</translation>
    </message>
    <message>
        <source>not on this computer</source>
        <translation>不在本机</translation>
    </message>
    <message>
        <source>{count} tokens a second here</source>
        <translation>在本机每秒 {count} 个词元</translation>
    </message>
    <message>
        <source>This computer has {cores} cores and {memory} of memory.</source>
        <translation>这台电脑有 {cores} 个核心和 {memory} 内存。</translation>
    </message>
    <message>
        <source>Its graphics card is {name} with {memory}.</source>
        <translation>显卡为 {name}，显存 {memory}。</translation>
    </message>
</context>
<context>
    <name>Markdown</name>
    <message>
        <source>Too much markup, so shown as it is:</source>
        <translation>标记过多，按原样显示：</translation>
    </message>
</context>
<context>
    <name>Memory</name>
    <message>
        <source>Facts</source>
        <translation>事实</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>笔记</translation>
    </message>
    <message>
        <source>List: {name}</source>
        <translation>清单：{name}</translation>
    </message>
    <message>
        <source>Nothing yet. Say “remember that…”, “note: …” or “put milk on my list”.</source>
        <translation>还没有。可以说“记住……”“记一下：……”或“把牛奶加进购物清单”。</translation>
    </message>
    <message>
        <source>Remove {word}</source>
        <translation>移除 {word}</translation>
    </message>
</context>
<context>
    <name>Menu</name>
    <message>
        <source>About Candor</source>
        <translation>关于 Candor</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>A private companion that listens, looks, answers and explains itself.</source>
        <translation>一个会听、会看、会回答，也会解释自己的私人伙伴。</translation>
    </message>
    <message>
        <source>Your data: {folder}</source>
        <translation>您的数据：{folder}</translation>
    </message>
    <message>
        <source>Logs: {folder}</source>
        <translation>日志：{folder}</translation>
    </message>
    <message>
        <source>Apache License 2.0. Icons by Lucide (ISC License).</source>
        <translation>Apache 许可证 2.0。图标来自 Lucide（ISC 许可证）。</translation>
    </message>
    <message>
        <source>The font Inter (SIL Open Font License). Each model has its own licence: see Models.</source>
        <translation>字体 Inter（SIL 开放字体许可证）。每个模型有各自的许可证，见“模型”。</translation>
    </message>
    <message>
        <source>Open the data folder</source>
        <translation>打开数据文件夹</translation>
    </message>
</context>
<context>
    <name>Microphone</name>
    <message>
        <source>Microphone muted.</source>
        <translation>麦克风已静音。</translation>
    </message>
    <message>
        <source>Microphone no longer muted.</source>
        <translation>麦克风已取消静音。</translation>
    </message>
    <message>
        <source>From now on the microphone stays open while this window is.</source>
        <translation>从现在起，只要此窗口打开，麦克风就一直开着。</translation>
    </message>
    <message>
        <source>Mute now</source>
        <translation>立即静音</translation>
    </message>
    <message>
        <source>Back to hold to talk</source>
        <translation>恢复按住说话</translation>
    </message>
    <message>
        <source>Candor waits for “{word}” and takes nothing else in.</source>
        <translation>Candor 只等待“{word}”，不会理会其他声音。</translation>
    </message>
    <message>
        <source>Candor answers whoever speaks, without a button. What was not said to Candor is forgotten within two minutes.</source>
        <translation>无需按键，谁说话 Candor 就回答谁。不是对 Candor 说的话会在两分钟内忘掉。</translation>
    </message>
    <message>
        <source>{key} mutes the microphone at any time.</source>
        <translation>随时可按 {key} 静音麦克风。</translation>
    </message>
    <message>
        <source>The microphone is muted.</source>
        <translation>麦克风已静音。</translation>
    </message>
    <message>
        <source>Unmute it to talk ({key}).</source>
        <translation>取消静音后即可说话（{key}）。</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>取消静音</translation>
    </message>
</context>
<context>
    <name>Mode</name>
    <message>
        <source>Hold to talk</source>
        <translation>按住说话</translation>
    </message>
    <message>
        <source>Tap to talk</source>
        <translation>点按说话</translation>
    </message>
    <message>
        <source>Open microphone</source>
        <translation>麦克风常开</translation>
    </message>
    <message>
        <source>Wake word</source>
        <translation>唤醒词</translation>
    </message>
    <message>
        <source>Candor listens while you hold the button or the key.</source>
        <translation>按住按钮或按键时，Candor 会听您说话。</translation>
    </message>
    <message>
        <source>Candor listens from one tap to the next.</source>
        <translation>从一次点按到下一次点按，Candor 会听您说话。</translation>
    </message>
    <message>
        <source>Candor listens all the time and answers what is said.</source>
        <translation>Candor 一直在听，并回答所说的话。</translation>
    </message>
    <message>
        <source>Candor answers when you begin with “{word}”.</source>
        <translation>您以“{word}”开头时，Candor 会回答。</translation>
    </message>
</context>
<context>
    <name>ModeButton</name>
    <message>
        <source>Mute the microphone</source>
        <translation>将麦克风静音</translation>
    </message>
    <message>
        <source>How you talk: {mode}</source>
        <translation>说话方式：{mode}</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>Fetching {model}</source>
        <translation>正在下载 {model}</translation>
    </message>
    <message>
        <source>Get</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Measure speed</source>
        <translation>测量速度</translation>
    </message>
    <message>
        <source>Cancel download</source>
        <translation>取消下载</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>ModelSwitch</name>
    <message>
        <source>Profile: {profile}. Model: {model}.</source>
        <translation>用途：{profile}。模型：{model}。</translation>
    </message>
    <message>
        <source>Profile: what Candor is mostly asked about</source>
        <translation>用途：主要向 Candor 询问什么</translation>
    </message>
    <message>
        <source>Model that answers</source>
        <translation>用于回答的模型</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>模型…</translation>
    </message>
    <message>
        <source>{model}: not downloaded</source>
        <translation>{model}：未下载</translation>
    </message>
    <message>
        <source>Chosen for this computer</source>
        <translation>自动选择适合本机的</translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message>
        <source>Answering</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Understanding speech</source>
        <translation>听懂语音</translation>
    </message>
    <message>
        <source>Noticing a voice</source>
        <translation>察觉人声</translation>
    </message>
    <message>
        <source>Knowing when you are done</source>
        <translation>知道您何时说完</translation>
    </message>
    <message>
        <source>Noticing people</source>
        <translation>察觉有人</translation>
    </message>
    <message>
        <source>Naming what is in a picture</source>
        <translation>说出图片中有什么</translation>
    </message>
    <message>
        <source>Comparing meanings</source>
        <translation>比较含义</translation>
    </message>
    <message>
        <source>Speaking</source>
        <translation>说话</translation>
    </message>
    <message>
        <source>Reading text in pictures</source>
        <translation>阅读图片中的文字</translation>
    </message>
    <message>
        <source>Recognising everyday things</source>
        <translation>识别日常物品</translation>
    </message>
    <message>
        <source>Downloaded</source>
        <translation>已下载</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>模型…</translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Looking at this computer…</source>
        <translation>正在查看这台电脑…</translation>
    </message>
    <message>
        <source>Nothing is fetched before you press Get. Then {host} sees which model you fetch, and nothing of what you say or show.</source>
        <translation>在您按“下载”之前不会下载任何内容。之后 {host} 只会看到您下载哪个模型，看不到您所说或所展示的内容。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>已在本机</translation>
    </message>
    <message>
        <source>The best that fits this computer</source>
        <translation>最适合这台电脑的模型</translation>
    </message>
    <message>
        <source>Fits this computer</source>
        <translation>适合这台电脑</translation>
    </message>
    <message>
        <source>Slow on this computer</source>
        <translation>在这台电脑上较慢</translation>
    </message>
    <message>
        <source>Too large for this computer</source>
        <translation>对这台电脑来说太大</translation>
    </message>
    <message>
        <source>Measuring, a few seconds…</source>
        <translation>正在测量，需要几秒…</translation>
    </message>
    <message>
        <source>Asking for its size…</source>
        <translation>正在查询大小…</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>Checking what is there</source>
        <translation>正在检查已有内容</translation>
    </message>
    <message>
        <source>Delete {model} from this computer? {size} become free.</source>
        <translation>要从这台电脑删除 {model} 吗？将释放 {size}。</translation>
    </message>
    <message>
        <source>Delete a model</source>
        <translation>删除模型</translation>
    </message>
</context>
<context>
    <name>MuteButton</name>
    <message>
        <source>Muted</source>
        <translation>已静音</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>Mute the microphone</source>
        <translation>麦克风静音</translation>
    </message>
    <message>
        <source>The microphone is muted: nothing is heard. Press to unmute</source>
        <translation>麦克风已静音：什么都听不到。按下可取消静音</translation>
    </message>
    <message>
        <source>Hear nothing, in every mode, until you unmute</source>
        <translation>在任何方式下都不听，直到您取消静音</translation>
    </message>
</context>
<context>
    <name>OnScreenKeyboard</name>
    <message>
        <source>On-screen keyboard</source>
        <translation>屏幕键盘</translation>
    </message>
    <message>
        <source>Row: {first} to {last}</source>
        <translation>行：{first} 到 {last}</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Profile</source>
        <translation>使用场景</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
</context>
<context>
    <name>Panes</name>
    <message>
        <source>Chats</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>对话内容</translation>
    </message>
    <message>
        <source>About this chat</source>
        <translation>关于此对话</translation>
    </message>
    <message>
        <source>Your question</source>
        <translation>您的问题</translation>
    </message>
    <message>
        <source>Picture and reasons</source>
        <translation>图片与理由</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>Picture</name>
    <message>
        <source>Picture</source>
        <translation>画面</translation>
    </message>
</context>
<context>
    <name>PictureViewer</name>
    <message>
        <source>Picture</source>
        <translation>画面</translation>
    </message>
    <message>
        <source>Copy selection</source>
        <translation>复制所选文字</translation>
    </message>
    <message>
        <source>Copy all text</source>
        <translation>复制全部文字</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Not looked at yet: ask about the picture, then its text is here.</source>
        <translation>尚未查看：先就这张图片提问，其中的文字就会显示在这里。</translation>
    </message>
    <message>
        <source>No text was found in this picture.</source>
        <translation>这张图片中没有找到文字。</translation>
    </message>
    <message>
        <source>Drag over text to select it, or use Shift with the arrow keys.</source>
        <translation>在文字上拖动即可选择，也可以按住 Shift 再用方向键。</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>已复制。</translation>
    </message>
    <message>
        <source>Text copied: {n} lines.</source>
        <translation>已复制文字：{n} 行。</translation>
    </message>
    <message>
        <source>Picture copied.</source>
        <translation>已复制图片。</translation>
    </message>
</context>
<context>
    <name>PinLock</name>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>Locked with a PIN.</source>
        <translation>已用 PIN 锁定。</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Unlocked until the settings are closed.</source>
        <translation>已解锁，关闭设置后恢复锁定。</translation>
    </message>
    <message>
        <source>Remove the lock</source>
        <translation>取消锁定</translation>
    </message>
    <message>
        <source>A PIN keeps others from making these rules weaker in this window.</source>
        <translation>设置 PIN 后，他人无法在此窗口中放宽这些规则。</translation>
    </message>
    <message>
        <source>Lock with this PIN</source>
        <translation>用此 PIN 锁定</translation>
    </message>
    <message>
        <source>That is not the PIN.</source>
        <translation>PIN 不正确。</translation>
    </message>
</context>
<context>
    <name>Policy</name>
    <message>
        <source>Violence</source>
        <translation>暴力</translation>
    </message>
    <message>
        <source>Weapons</source>
        <translation>武器</translation>
    </message>
    <message>
        <source>Self-harm</source>
        <translation>自我伤害</translation>
    </message>
    <message>
        <source>Hate</source>
        <translation>仇恨</translation>
    </message>
    <message>
        <source>Harassment and threats</source>
        <translation>骚扰与威胁</translation>
    </message>
    <message>
        <source>Sexual content</source>
        <translation>色情内容</translation>
    </message>
    <message>
        <source>Sexual content about children</source>
        <translation>涉及儿童的色情内容</translation>
    </message>
    <message>
        <source>Crime and fraud</source>
        <translation>犯罪与诈骗</translation>
    </message>
    <message>
        <source>Attacks on computers</source>
        <translation>网络攻击</translation>
    </message>
    <message>
        <source>Insults and coarse words</source>
        <translation>侮辱与粗俗用语</translation>
    </message>
    <message>
        <source>Personal data</source>
        <translation>个人信息</translation>
    </message>
    <message>
        <source>Advice on health</source>
        <translation>健康建议</translation>
    </message>
    <message>
        <source>Advice on law</source>
        <translation>法律建议</translation>
    </message>
    <message>
        <source>Advice on money</source>
        <translation>理财建议</translation>
    </message>
    <message>
        <source>Claims about what is in view</source>
        <translation>关于画面内容的说法</translation>
    </message>
    <message>
        <source>Orders in what is seen or read</source>
        <translation>看到或读到的内容中的指令</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>When it is found</source>
        <translation>发现时</translation>
    </message>
    <message>
        <source>In answers</source>
        <translation>在回答中</translation>
    </message>
    <message>
        <source>Before it goes to a server</source>
        <translation>发送到服务器之前</translation>
    </message>
    <message>
        <source>Strictness</source>
        <translation>严格程度</translation>
    </message>
    <message>
        <source>Answers come from</source>
        <translation>回答依据</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Give a note first</source>
        <translation>先给出提示</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>允许</translation>
    </message>
    <message>
        <source>Tell me</source>
        <translation>告诉我</translation>
    </message>
    <message>
        <source>Say nothing</source>
        <translation>不提示</translation>
    </message>
    <message>
        <source>Hold back</source>
        <translation>不显示</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>Keep, with a note</source>
        <translation>保留并附提示</translation>
    </message>
    <message>
        <source>Send nothing</source>
        <translation>不发送任何内容</translation>
    </message>
    <message>
        <source>Strict</source>
        <translation>严格</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>一般</translation>
    </message>
    <message>
        <source>Lenient</source>
        <translation>宽松</translation>
    </message>
    <message>
        <source>Only documents that were given</source>
        <translation>仅限提供的文件</translation>
    </message>
    <message>
        <source>All that the model knows</source>
        <translation>模型所知的一切</translation>
    </message>
    <message>
        <source>Give a note</source>
        <translation>附上提示</translation>
    </message>
    <message>
        <source>Who thinks of it is helped, and never refused.</source>
        <translation>有此想法的人会得到帮助，绝不会被拒绝。</translation>
    </message>
    <message>
        <source>Answered only from documents that were given.</source>
        <translation>只根据提供的文件回答。</translation>
    </message>
    <message>
        <source>Not answered.</source>
        <translation>不回答。</translation>
    </message>
    <message>
        <source>Answered, with a note that it is only general.</source>
        <translation>会回答，并提示仅为一般信息。</translation>
    </message>
    <message>
        <source>Answered like anything else.</source>
        <translation>与其他问题一样回答。</translation>
    </message>
    <message>
        <source>Judged from a score of {n}.</source>
        <translation>得分达到 {n} 时生效。</translation>
    </message>
    <message>
        <source>Requests are refused.</source>
        <translation>请求会被拒绝。</translation>
    </message>
    <message>
        <source>Requests are answered, with a note first.</source>
        <translation>会回答请求，但先给出提示。</translation>
    </message>
    <message>
        <source>Requests are answered without it.</source>
        <translation>会回答请求，但去掉这部分。</translation>
    </message>
    <message>
        <source>Requests are answered.</source>
        <translation>会回答请求。</translation>
    </message>
    <message>
        <source>You are told of it, and it is never obeyed.</source>
        <translation>会告诉您，并且绝不照做。</translation>
    </message>
    <message>
        <source>You are not told of it, and it is never obeyed.</source>
        <translation>不会告诉您，但也绝不照做。</translation>
    </message>
    <message>
        <source>In answers it is held back.</source>
        <translation>在回答中不会显示。</translation>
    </message>
    <message>
        <source>In answers it is hidden.</source>
        <translation>在回答中会被隐藏。</translation>
    </message>
    <message>
        <source>In answers it stays, with a note.</source>
        <translation>在回答中保留，并附提示。</translation>
    </message>
    <message>
        <source>In answers it stays.</source>
        <translation>在回答中保留。</translation>
    </message>
    <message>
        <source>Nothing that holds it goes to a server.</source>
        <translation>含有它的内容都不会发送到服务器。</translation>
    </message>
    <message>
        <source>It is hidden from a server.</source>
        <translation>对服务器隐藏。</translation>
    </message>
    <message>
        <source>A server gets it.</source>
        <translation>会发送到服务器。</translation>
    </message>
    <message>
        <source>Judged strictly.</source>
        <translation>从严判断。</translation>
    </message>
    <message>
        <source>Judged leniently.</source>
        <translation>从宽判断。</translation>
    </message>
</context>
<context>
    <name>PolicyEditor</name>
    <message>
        <source>Reset to default</source>
        <translation>恢复默认</translation>
    </message>
    <message>
        <source>Nothing is different from the default.</source>
        <translation>与默认设置没有不同。</translation>
    </message>
    <message>
        <source>Different from the default:</source>
        <translation>与默认设置不同：</translation>
    </message>
    <message>
        <source>Fixed in Candor for everybody.</source>
        <translation>这一项在 Candor 中对所有人固定不变。</translation>
    </message>
    <message>
        <source>Locked by the administrator in {file}: it can only be made stricter.</source>
        <translation>管理员已在 {file} 中锁定：只能改得更严格。</translation>
    </message>
    <message>
        <source>Locked with a PIN: it can only be made stricter.</source>
        <translation>已用 PIN 锁定：只能改得更严格。</translation>
    </message>
</context>
<context>
    <name>Pose</name>
    <message>
        <source>Getting ready</source>
        <translation>准备中</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Waiting for the word</source>
        <translation>等待唤醒词</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>正在听</translation>
    </message>
    <message>
        <source>Hearing you</source>
        <translation>正在听您说</translation>
    </message>
    <message>
        <source>Finished?</source>
        <translation>说完了吗？</translation>
    </message>
    <message>
        <source>Looking</source>
        <translation>正在看</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>正在思考</translation>
    </message>
    <message>
        <source>Speaking</source>
        <translation>正在说话</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>被打断</translation>
    </message>
    <message>
        <source>Muted</source>
        <translation>已静音</translation>
    </message>
</context>
<context>
    <name>Presence</name>
    <message>
        <source>Loading the models…</source>
        <translation>正在加载模型…</translation>
    </message>
    <message>
        <source>Listening…</source>
        <translation>正在听…</translation>
    </message>
    <message>
        <source>Looking at the picture…</source>
        <translation>正在看图片…</translation>
    </message>
    <message>
        <source>Thinking…</source>
        <translation>正在思考…</translation>
    </message>
    <message>
        <source>Microphone muted</source>
        <translation>麦克风已静音</translation>
    </message>
    <message>
        <source>No microphone</source>
        <translation>没有麦克风</translation>
    </message>
    <message>
        <source>Microphone open, waits for “{word}”</source>
        <translation>麦克风已开，等待“{word}”</translation>
    </message>
    <message>
        <source>Microphone open</source>
        <translation>麦克风已开</translation>
    </message>
    <message>
        <source>Microphone off</source>
        <translation>麦克风已关</translation>
    </message>
</context>
<context>
    <name>PreviewPane</name>
    <message>
        <source>Whole picture</source>
        <translation>整幅画面</translation>
    </message>
    <message>
        <source>In view</source>
        <translation>画面中</translation>
    </message>
    <message>
        <source>View the picture large</source>
        <translation>放大查看图片</translation>
    </message>
    <message>
        <source>What was recognised</source>
        <translation>识别到的内容</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>画面</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在看…</translation>
    </message>
    <message>
        <source>Back to the camera</source>
        <translation>返回摄像头</translation>
    </message>
    <message>
        <source>Close the picture</source>
        <translation>关闭图片</translation>
    </message>
</context>
<context>
    <name>PrivacyControls</name>
    <message>
        <source>Begin a private chat</source>
        <translation>开始私密对话</translation>
    </message>
    <message>
        <source>Export everything…</source>
        <translation>导出全部…</translation>
    </message>
    <message>
        <source>Delete everything…</source>
        <translation>全部删除…</translation>
    </message>
    <message>
        <source>Deleted for good: {n} chats, all that Candor remembered, and the log of decisions.</source>
        <translation>已永久删除：{n} 个对话、Candor 记住的一切以及决定日志。</translation>
    </message>
    <message>
        <source>{n} chats were written to {file}.</source>
        <translation>已将 {n} 个对话写入 {file}。</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Chats in which nothing was said for longer are deleted for good when Candor starts, and once a day.</source>
        <translation>超过这一期限没有新内容的对话，会在 Candor 启动时以及每天彻底删除一次。</translation>
    </message>
    <message>
        <source>Nothing of a private chat is saved: no chat, no picture, no rating and no memory. Timers that you set in it still ring.</source>
        <translation>私密对话的任何内容都不保存：没有对话、图片、评分，也没有记忆。其中设置的计时器仍会响铃。</translation>
    </message>
    <message>
        <source>Chats, pictures and what Candor remembers lie here: {folder}</source>
        <translation>对话、图片和 Candor 记住的内容存放在：{folder}</translation>
    </message>
    <message>
        <source>One zip file: each chat to read (Markdown) and whole (JSON), pictures.</source>
        <translation>一个 zip 文件：每个对话的可读版（Markdown）和完整版（JSON），以及图片。</translation>
    </message>
    <message>
        <source>All chats and pictures, ratings, facts, notes and lists. Models stay.</source>
        <translation>所有对话、图片、评分、事实、笔记和清单。模型会保留。</translation>
    </message>
    <message>
        <source>Private chat</source>
        <translation>私密对话</translation>
    </message>
    <message>
        <source>Where your data lie</source>
        <translation>数据存放位置</translation>
    </message>
    <message>
        <source>Take it along</source>
        <translation>带走数据</translation>
    </message>
    <message>
        <source>Delete everything</source>
        <translation>全部删除</translation>
    </message>
    <message>
        <source>Export everything</source>
        <translation>导出全部</translation>
    </message>
</context>
<context>
    <name>ProgressView</name>
    <message>
        <source>How far the training is</source>
        <translation>训练进度</translation>
    </message>
    <message>
        <source>Stop and keep the best</source>
        <translation>停止并保留最佳结果</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在开始</translation>
    </message>
    <message>
        <source>The model is being loaded. This takes a moment.</source>
        <translation>正在加载模型，请稍候。</translation>
    </message>
    <message>
        <source>Trying a few steps.</source>
        <translation>正在试运行几步。</translation>
    </message>
    <message>
        <source>This will take about {time}.</source>
        <translation>大约需要 {time}。</translation>
    </message>
    <message>
        <source>Comparing before and after</source>
        <translation>正在比较训练前后</translation>
    </message>
    <message>
        <source>Everything learned so far is kept. Go on whenever you like.</source>
        <translation>已学到的内容都已保存，您可以随时继续。</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Not finished</source>
        <translation>未完成</translation>
    </message>
    <message>
        <source>Step {step} of {steps}, round {round}</source>
        <translation>第 {step} 步，共 {steps} 步，第 {round} 轮</translation>
    </message>
    <message>
        <source>about {time} left</source>
        <translation>大约还需 {time}</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>正在学习</translation>
    </message>
    <message>
        <source>“{name}” is ready. It is not used until you switch it on.</source>
        <translation>“{name}”已就绪。启用之前不会使用。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>After this step the best so far is kept.</source>
        <translation>这一步之后保留目前最佳结果。</translation>
    </message>
    <message>
        <source>Pausing</source>
        <translation>正在暂停</translation>
    </message>
    <message>
        <source>After this step it is saved.</source>
        <translation>这一步之后保存。</translation>
    </message>
</context>
<context>
    <name>Promise</name>
    <message>
        <source>Candor listens and looks on this computer; {server} answers, and is sent what you say and show as text. Candor downloads its models once.</source>
        <translation>Candor 在这台电脑上听和看；由 {server} 回答，您所说和所展示的内容会以文本形式发送给它。Candor 只需下载一次模型。</translation>
    </message>
    <message>
        <source>Candor listens, looks and answers on this computer alone. It downloads its models once; after that it needs no network.</source>
        <translation>Candor 只在这台电脑上听、看和回答。它只需下载一次模型，之后不再需要网络。</translation>
    </message>
    <message>
        <source>What you say and show is sent as text to {server}.</source>
        <translation>您说的和展示的内容会以文字形式发送到 {server}。</translation>
    </message>
    <message>
        <source>What you say and show stays on this computer.</source>
        <translation>您说的和展示的内容都留在这台电脑上。</translation>
    </message>
    <message>
        <source>Pictures stay on this computer.</source>
        <translation>画面只留在这台电脑上。</translation>
    </message>
    <message>
        <source>What is seen in them is sent as text to {server}.</source>
        <translation>从画面中看到的内容会以文字形式发送到 {server}。</translation>
    </message>
    <message>
        <source>This chat is private: it is not saved, and is gone when you leave it.</source>
        <translation>这是私密对话：不会保存，离开后即消失。</translation>
    </message>
    <message>
        <source>This chat is saved here for {n} days.</source>
        <translation>此对话在这里保存 {n} 天。</translation>
    </message>
    <message>
        <source>This chat is saved here until you delete it.</source>
        <translation>此对话保存在这里，直到您将其删除。</translation>
    </message>
    <message>
        <source>This list is not saved, and is forgotten after two minutes.</source>
        <translation>此列表不会保存，两分钟后即被忘记。</translation>
    </message>
    <message>
        <source>This chat is not saved either; your other chats are.</source>
        <translation>此对话也不会保存；其他对话会保存。</translation>
    </message>
    <message>
        <source>What you say to Candor is saved in your chats.</source>
        <translation>您对 Candor 说的话会保存在对话中。</translation>
    </message>
</context>
<context>
    <name>QuestionEdit</name>
    <message>
        <source>Your question</source>
        <translation>您的问题</translation>
    </message>
</context>
<context>
    <name>QuestionView</name>
    <message>
        <source>You</source>
        <translation>您</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Edit this question</source>
        <translation>编辑此问题</translation>
    </message>
    <message>
        <source>You asked</source>
        <translation>您问</translation>
    </message>
    <message>
        <source>Show all of the question</source>
        <translation>显示整个问题</translation>
    </message>
    <message>
        <source>You (voice)</source>
        <translation>您（语音）</translation>
    </message>
    <message>
        <source>Found in the attached text</source>
        <translation>在附加的文字中找到</translation>
    </message>
    <message>
        <source>Picture {n}: show it</source>
        <translation>图片 {n}：显示</translation>
    </message>
</context>
<context>
    <name>QuickBar</name>
    <message>
        <source>Quick question</source>
        <translation>快速提问</translation>
    </message>
    <message>
        <source>Ask Candor</source>
        <translation>向 Candor 提问</translation>
    </message>
    <message>
        <source>Open in window</source>
        <translation>在窗口中打开</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Thinking…</source>
        <translation>正在思考…</translation>
    </message>
</context>
<context>
    <name>QuickKey</name>
    <message>
        <source>Choose another key…</source>
        <translation>选择其他按键…</translation>
    </message>
    <message>
        <source>In the keyboard settings of your system you can give a key of your own to the command: candor quick</source>
        <translation>您可以在系统的键盘设置中为此命令指定按键：candor quick</translation>
    </message>
    <message>
        <source>Another program uses {key}, or your keyboard lacks it.</source>
        <translation>{key} 已被其他程序占用，或您的键盘没有此键。</translation>
    </message>
    <message>
        <source>Choose another key for a quick question.</source>
        <translation>请为快速提问选择其他按键。</translation>
    </message>
    <message>
        <source>{key} would be missing wherever you type.</source>
        <translation>{key} 会在您打字时无法输入。</translation>
    </message>
    <message>
        <source>Choose one with Ctrl, Alt or the system key.</source>
        <translation>请选择带 Ctrl、Alt 或系统键的组合。</translation>
    </message>
    <message>
        <source>This desktop gives programs no key of their own.</source>
        <translation>此桌面不允许程序使用自己的全局按键。</translation>
    </message>
</context>
<context>
    <name>ReadablePicture</name>
    <message>
        <source>The text in it: {text}</source>
        <translation>其中的文字：{text}</translation>
    </message>
</context>
<context>
    <name>Recent</name>
    <message>
        <source>You</source>
        <translation>您</translation>
    </message>
    <message>
        <source>Candor</source>
        <translation>Candor</translation>
    </message>
    <message>
        <source>In the room, not said to Candor</source>
        <translation>房间里，不是对 Candor 说的</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>看到的</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚才</translation>
    </message>
    <message>
        <source>{n} seconds ago</source>
        <translation>{n} 秒前</translation>
    </message>
    <message>
        <source>a minute ago</source>
        <translation>一分钟前</translation>
    </message>
    <message>
        <source>two minutes ago</source>
        <translation>两分钟前</translation>
    </message>
    <message>
        <source>Nothing was said or seen lately.</source>
        <translation>最近没有说过或看到什么。</translation>
    </message>
</context>
<context>
    <name>RecentPanel</name>
    <message>
        <source>What did I miss?</source>
        <translation>我错过了什么？</translation>
    </message>
    <message>
        <source>The last two minutes</source>
        <translation>最近两分钟</translation>
    </message>
    <message>
        <source>Erase all of it</source>
        <translation>全部清除</translation>
    </message>
    <message>
        <source>Read aloud</source>
        <translation>朗读</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Retention</name>
    <message>
        <source>Deleted: {n} chats in which nothing was said for {days} days.</source>
        <translation>已删除：{n} 个超过 {days} 天没有新内容的对话。</translation>
    </message>
</context>
<context>
    <name>RowButtons</name>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>Unpin “{title}”</source>
        <translation>取消置顶“{title}”</translation>
    </message>
    <message>
        <source>Pin “{title}” to the top</source>
        <translation>置顶“{title}”</translation>
    </message>
    <message>
        <source>Rename “{title}”</source>
        <translation>重命名“{title}”</translation>
    </message>
    <message>
        <source>Delete “{title}”</source>
        <translation>删除“{title}”</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
</context>
<context>
    <name>RunningList</name>
    <message>
        <source>Cancel {what}</source>
        <translation>取消{what}</translation>
    </message>
    <message>
        <source>Timer</source>
        <translation>计时器</translation>
    </message>
    <message>
        <source>Alarm</source>
        <translation>闹钟</translation>
    </message>
    <message>
        <source>Reminder</source>
        <translation>提醒</translation>
    </message>
    <message>
        <source>Stopwatch</source>
        <translation>秒表</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Clear the search</source>
        <translation>清除搜索</translation>
    </message>
</context>
<context>
    <name>ServerField</name>
    <message>
        <source>Try it</source>
        <translation>试一试</translation>
    </message>
    <message>
        <source>It is used once it was tried and has answered.</source>
        <translation>试过并得到回应之后才会使用。</translation>
    </message>
    <message>
        <source>Write its address. Until it was tried, nothing changes.</source>
        <translation>请填写地址。试过之前什么都不会改变。</translation>
    </message>
    <message>
        <source>Trying {address}…</source>
        <translation>正在尝试 {address}…</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>没有改变任何设置。</translation>
    </message>
    <message>
        <source>It answers with {model}.</source>
        <translation>它用 {model} 回答。</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Talking</source>
        <translation>说话</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>词语</translation>
    </message>
    <message>
        <source>Voice and sound</source>
        <translation>语音与声音</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>画面</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Safety</source>
        <translation>安全</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比度</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>Circle</source>
        <translation>圆形</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>人脸</translation>
    </message>
    <message>
        <source>Avatar</source>
        <translation>形象</translation>
    </message>
    <message>
        <source>Appearance and language</source>
        <translation>外观与语言</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>减少动态效果</translation>
    </message>
    <message>
        <source>Shows states without anything that moves.</source>
        <translation>不用任何动画来显示状态。</translation>
    </message>
    <message>
        <source>Language of this window</source>
        <translation>界面语言</translation>
    </message>
    <message>
        <source>Takes effect when Candor is started again.</source>
        <translation>重新启动 Candor 后生效。</translation>
    </message>
    <message>
        <source>Read answers aloud</source>
        <translation>朗读回答</translation>
    </message>
    <message>
        <source>Answer aloud when I speak</source>
        <translation>我说话提问时用语音回答</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>嗓音</translation>
    </message>
    <message>
        <source>Captions</source>
        <translation>字幕</translation>
    </message>
    <message>
        <source>How you talk</source>
        <translation>说话方式</translation>
    </message>
    <message>
        <source>Wake word</source>
        <translation>唤醒词</translation>
    </message>
    <message>
        <source>Begin with it, then say what you want to know.</source>
        <translation>先说唤醒词，再说您想知道的事。</translation>
    </message>
    <message>
        <source>Key to talk</source>
        <translation>说话按键</translation>
    </message>
    <message>
        <source>Key to mute the microphone</source>
        <translation>麦克风静音按键</translation>
    </message>
    <message>
        <source>Languages that you speak</source>
        <translation>您说的语言</translation>
    </message>
    <message>
        <source>With none ticked, any language is taken. One is heard fastest.</source>
        <translation>都不勾选则接受任何语言。只勾选一种时识别最快。</translation>
    </message>
    <message>
        <source>Speed of the voice</source>
        <translation>语速</translation>
    </message>
    <message>
        <source>Pitch of the voice</source>
        <translation>音调</translation>
    </message>
    <message>
        <source>Shows what Candor and you are saying, in large letters.</source>
        <translation>用大字显示 Candor 和您正在说的话。</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>麦克风</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>扬声器</translation>
    </message>
    <message>
        <source>Microphone and speaker</source>
        <translation>麦克风和扬声器</translation>
    </message>
    <message>
        <source>Times of the last answer</source>
        <translation>上次回答的用时</translation>
    </message>
    <message>
        <source>Shows in the panel on the right how long each step took.</source>
        <translation>在右侧面板中显示每一步用了多长时间。</translation>
    </message>
    <message>
        <source>normal</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Click the field, then press a key.</source>
        <translation>点击输入框，再按一个键。</translation>
    </message>
    <message>
        <source>Wait before answering</source>
        <translation>回答前的等待</translation>
    </message>
    <message>
        <source>as usual</source>
        <translation>照常</translation>
    </message>
    <message>
        <source>{n} s more</source>
        <translation>多等 {n} 秒</translation>
    </message>
    <message>
        <source>Answers as soon as you seem to have finished.</source>
        <translation>您似乎说完时立即回答。</translation>
    </message>
    <message>
        <source>Leaves you a moment to think in the middle of a sentence.</source>
        <translation>说到一半时，留一点思考的时间。</translation>
    </message>
    <message>
        <source>For slow speech, and for pauses to search for words.</source>
        <translation>适合语速慢，或需要停下来想词的时候。</translation>
    </message>
    <message>
        <source>For stuttering and long pauses. Answers come later.</source>
        <translation>适合口吃和长停顿。回答会晚一些。</translation>
    </message>
    <message>
        <source>{n} higher</source>
        <translation>高 {n} 个半音</translation>
    </message>
    <message>
        <source>{n} lower</source>
        <translation>低 {n} 个半音</translation>
    </message>
    <message>
        <source>Names and terms that Candor should expect, understand and say as you do. They stay in a file on this computer.</source>
        <translation>希望 Candor 像您一样听懂和说出的名字与术语。它们保存在本机的一个文件里。</translation>
    </message>
    <message>
        <source>The first camera</source>
        <translation>第一个摄像头</translation>
    </message>
    <message>
        <source>The camera stays off until you turn it on. Pictures stay on this computer; a server that answers gets what is seen in them as text.</source>
        <translation>您打开之前，摄像头一直是关闭的。画面只留在这台电脑上；负责回答的服务器会以文字形式得到从中看到的内容。</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>Choose for me</source>
        <translation>自动选择</translation>
    </message>
    <message>
        <source>Model that answers</source>
        <translation>用来回答的模型</translation>
    </message>
    <message>
        <source>Get and choose models…</source>
        <translation>下载和选择模型…</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>运行引擎</translation>
    </message>
    <message>
        <source>Speech recognition engine</source>
        <translation>语音识别引擎</translation>
    </message>
    <message>
        <source>Address of the server</source>
        <translation>服务器地址</translation>
    </message>
    <message>
        <source>What you say and show is sent there as text.</source>
        <translation>您说的话和展示的内容会以文字形式发送到那里。</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程数</translation>
    </message>
    <message>
        <source>{model} (not on this computer)</source>
        <translation>{model}（不在本机）</translation>
    </message>
    <message>
        <source>en</source>
        <translation>zh</translation>
    </message>
    <message>
        <source>Adds what matters in this field to the instructions.</source>
        <translation>把该领域的要点加入指令。</translation>
    </message>
    <message>
        <source>Your region</source>
        <translation>您所在的地区</translation>
    </message>
    <message>
        <source>Whom Candor names in an emergency, and what numbers.</source>
        <translation>紧急情况下 Candor 会告诉您联系谁、拨打什么号码。</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>使用场景</translation>
    </message>
    <message>
        <source>What is done about each kind of content</source>
        <translation>对各类内容的处理</translation>
    </message>
    <message>
        <source>Save my ratings, to learn from</source>
        <translation>保存我的评价，用于学习</translation>
    </message>
    <message>
        <source>Thumbs and corrections stay here, and are used only when you train.</source>
        <translation>评价和更正留在本机，只在您训练时使用。</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>A file policy.toml in this folder says what is different from the default.</source>
        <translation>此文件夹中的 policy.toml 文件说明与默认设置的不同之处。</translation>
    </message>
    <message>
        <source>Your own rules</source>
        <translation>您自己的规则</translation>
    </message>
    <message>
        <source>Every sentence is checked before you see or hear it. Press “Why?” below an answer to see which rules looked at it.</source>
        <translation>每句话都会先经过检查，然后您才会看到或听到。按回答下方的“为什么？”，可以查看有哪些规则检查过它。</translation>
    </message>
    <message>
        <source>System default</source>
        <translation>系统默认</translation>
    </message>
    <message>
        <source>What you asked Candor to keep. Nothing is kept that you only said in passing, and nothing in a private chat.</source>
        <translation>您让 Candor 记住的内容。随口说的话不会保留，私密对话里也什么都不保留。</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>记忆</translation>
    </message>
    <message>
        <source>Candor reads this with every question. It changes the manner of an answer, never what is checked.</source>
        <translation>Candor 每次回答问题时都会读这些内容。它只改变回答的方式，不改变所做的检查。</translation>
    </message>
    <message>
        <source>What to call you</source>
        <translation>怎么称呼您</translation>
    </message>
    <message>
        <source>As usual</source>
        <translation>照常</translation>
    </message>
    <message>
        <source>Matter-of-fact</source>
        <translation>平实</translation>
    </message>
    <message>
        <source>Warm</source>
        <translation>亲切</translation>
    </message>
    <message>
        <source>Formal</source>
        <translation>正式</translation>
    </message>
    <message>
        <source>Tone</source>
        <translation>语气</translation>
    </message>
    <message>
        <source>Short</source>
        <translation>简短</translation>
    </message>
    <message>
        <source>Detailed</source>
        <translation>详细</translation>
    </message>
    <message>
        <source>Length of answers</source>
        <translation>回答长度</translation>
    </message>
    <message>
        <source>Metric: km, kg, °C</source>
        <translation>公制：公里、公斤、摄氏度</translation>
    </message>
    <message>
        <source>Imperial: miles, pounds, °F</source>
        <translation>英制：英里、磅、华氏度</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>For example: I am a nurse. Give code in Python.</source>
        <translation>例如：我是护士。代码请用 Python。</translation>
    </message>
    <message>
        <source>Anything else</source>
        <translation>其他要求</translation>
    </message>
    <message>
        <source>Custom instructions</source>
        <translation>自定义指令</translation>
    </message>
    <message>
        <source>Until I delete them</source>
        <translation>直到我删除</translation>
    </message>
    <message>
        <source>Keep chats for how many days</source>
        <translation>对话保存多少天</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source>Closing the last window leaves Candor ready; Quit in the tray&apos;s menu ends it.</source>
        <translation>关闭最后一个窗口后 Candor 仍保持就绪；用托盘菜单中的“退出”结束它。</translation>
    </message>
    <message>
        <source>This desktop has no tray, so Candor ends with its last window.</source>
        <translation>此桌面没有托盘，因此关闭最后一个窗口时 Candor 即结束。</translation>
    </message>
    <message>
        <source>Keep running in the tray</source>
        <translation>在托盘中继续运行</translation>
    </message>
    <message>
        <source>Key for a quick question, in any program</source>
        <translation>快速提问的按键（在任何程序中）</translation>
    </message>
    <message>
        <source>Click the field, then press a key with Ctrl or Alt. The command “candor quick” does the same, for the keyboard settings of your system.</source>
        <translation>点击此栏，然后按下带 Ctrl 或 Alt 的组合键。命令“candor quick”作用相同，可在系统的键盘设置中使用。</translation>
    </message>
    <message>
        <source>Quick questions</source>
        <translation>快速提问</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Groups of settings</source>
        <translation>设置分组</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
</context>
<context>
    <name>Source</name>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>Second camera</source>
        <translation>第二个摄像头</translation>
    </message>
</context>
<context>
    <name>SourceButton</name>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>Second camera</source>
        <translation>第二个摄像头</translation>
    </message>
    <message>
        <source>Video or picture file…</source>
        <translation>视频或图片文件…</translation>
    </message>
    <message>
        <source>Camera address…</source>
        <translation>摄像头地址…</translation>
    </message>
    <message>
        <source>Picture from: %1</source>
        <translation>画面来源：%1</translation>
    </message>
    <message>
        <source>Look at a file</source>
        <translation>查看文件</translation>
    </message>
    <message>
        <source>Camera address</source>
        <translation>摄像头地址</translation>
    </message>
    <message>
        <source>Address of a network camera (http:// or rtsp://)</source>
        <translation>网络摄像头的地址（http:// 或 rtsp://）</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Loading</source>
        <translation>正在加载</translation>
    </message>
    <message>
        <source>Model and device</source>
        <translation>模型和设备</translation>
    </message>
    <message>
        <source>fetching models from the network</source>
        <translation>正在从网络获取模型</translation>
    </message>
    <message>
        <source>pictures from {name}</source>
        <translation>画面来自 {name}</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>未联网</translation>
    </message>
    <message>
        <source>No model is loaded</source>
        <translation>尚未载入模型</translation>
    </message>
    <message>
        <source>private chat, not saved</source>
        <translation>私密对话，不保存</translation>
    </message>
    <message>
        <source>On the server {name}</source>
        <translation>在服务器 {name} 上</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>在这台电脑上</translation>
    </message>
    <message>
        <source>{model} on {device}</source>
        <translation>{model}，运行于 {device}</translation>
    </message>
</context>
<context>
    <name>TableDialog</name>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
</context>
<context>
    <name>Talk</name>
    <message>
        <source>Talk</source>
        <translation>说话</translation>
    </message>
    <message>
        <source>Hold to talk, or tap to begin and end ({key})</source>
        <translation>按住说话，或轻点开始和结束（{key}）</translation>
    </message>
    <message>
        <source>The microphone is muted. Unmute it to talk.</source>
        <translation>麦克风已静音。取消静音后即可说话。</translation>
    </message>
    <message>
        <source>Tap to send</source>
        <translation>轻点发送</translation>
    </message>
    <message>
        <source>Tap to begin, and tap again to send ({key})</source>
        <translation>点按开始，再次点按发送（{key}）</translation>
    </message>
    <message>
        <source>Press to send at once, Escape to discard ({key})</source>
        <translation>按下立即发送，按 Esc 丢弃（{key}）</translation>
    </message>
    <message>
        <source>Press to interrupt and talk ({key})</source>
        <translation>按下可打断并说话（{key}）</translation>
    </message>
    <message>
        <source>Just speak; or press to begin by hand ({key})</source>
        <translation>直接说话；或按下手动开始（{key}）</translation>
    </message>
    <message>
        <source>Press to talk without the wake word ({key})</source>
        <translation>按下即可不用唤醒词说话（{key}）</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>正在听</translation>
    </message>
    <message>
        <source>Hearing you</source>
        <translation>正在听您说</translation>
    </message>
    <message>
        <source>Finished?</source>
        <translation>说完了吗？</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>正在思考</translation>
    </message>
    <message>
        <source>Speaking</source>
        <translation>正在说话</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>被打断</translation>
    </message>
    <message>
        <source>Say “{word}”</source>
        <translation>请说“{word}”</translation>
    </message>
    <message>
        <source>Ask anything, or just speak</source>
        <translation>随便问点什么，或直接说话</translation>
    </message>
    <message>
        <source>Ask anything, or say “{word}”</source>
        <translation>随便问点什么，或说“{word}”</translation>
    </message>
    <message>
        <source>Ask anything</source>
        <translation>随便问点什么</translation>
    </message>
    <message>
        <source>Ask anything, or tap {key} to talk</source>
        <translation>随便问点什么，或按一下 {key} 说话</translation>
    </message>
    <message>
        <source>Ask anything, or hold {key} to talk</source>
        <translation>随便问点什么，或按住 {key} 说话</translation>
    </message>
    <message>
        <source>Listening. Tap to send, Escape to discard ({key})</source>
        <translation>正在听。轻点发送，按 Esc 放弃（{key}）</translation>
    </message>
    <message>
        <source>Not listening</source>
        <translation>没有在听</translation>
    </message>
    <message>
        <source>Let go to send</source>
        <translation>松开发送</translation>
    </message>
    <message>
        <source>Listening. Let go to send, Escape to discard ({key})</source>
        <translation>正在听。松开发送，按 Esc 放弃（{key}）</translation>
    </message>
</context>
<context>
    <name>TalkButton</name>
    <message>
        <source>There is no microphone. Plug one in, or type.</source>
        <translation>没有麦克风。请接上一个，或者打字。</translation>
    </message>
</context>
<context>
    <name>TextField</name>
    <message>
        <source>{n} of {most} characters</source>
        <translation>{n} / {most} 个字符</translation>
    </message>
</context>
<context>
    <name>TextViewer</name>
    <message>
        <source>Copy all</source>
        <translation>全部复制</translation>
    </message>
    <message>
        <source>The marked passage is what the answer rests on.</source>
        <translation>标出的段落是回答的依据。</translation>
    </message>
</context>
<context>
    <name>Things</name>
    <message>
        <source>Bicycle</source>
        <translation>自行车</translation>
    </message>
    <message>
        <source>Boot</source>
        <translation>靴子</translation>
    </message>
    <message>
        <source>Laptop</source>
        <translation>笔记本电脑</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人</translation>
    </message>
    <message>
        <source>Chair</source>
        <translation>椅子</translation>
    </message>
    <message>
        <source>Cattle</source>
        <translation>牛</translation>
    </message>
    <message>
        <source>Desk</source>
        <translation>书桌</translation>
    </message>
    <message>
        <source>Cat</source>
        <translation>猫</translation>
    </message>
    <message>
        <source>Computer mouse</source>
        <translation>鼠标</translation>
    </message>
    <message>
        <source>Computer monitor</source>
        <translation>显示器</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>盒子</translation>
    </message>
    <message>
        <source>Mug</source>
        <translation>马克杯</translation>
    </message>
    <message>
        <source>Coffee cup</source>
        <translation>咖啡杯</translation>
    </message>
    <message>
        <source>Stationary bicycle</source>
        <translation>健身车</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>桌子</translation>
    </message>
    <message>
        <source>Bottle</source>
        <translation>瓶子</translation>
    </message>
    <message>
        <source>High heels</source>
        <translation>高跟鞋</translation>
    </message>
    <message>
        <source>Vehicle</source>
        <translation>车辆</translation>
    </message>
    <message>
        <source>Footwear</source>
        <translation>鞋</translation>
    </message>
    <message>
        <source>Dog</source>
        <translation>狗</translation>
    </message>
    <message>
        <source>Book</source>
        <translation>书</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>照相机</translation>
    </message>
    <message>
        <source>Car</source>
        <translation>汽车</translation>
    </message>
</context>
<context>
    <name>Times</name>
    <message>
        <source>End of your turn sure</source>
        <translation>确定您说完了</translation>
    </message>
    <message>
        <source>Your words understood</source>
        <translation>听懂您的话</translation>
    </message>
    <message>
        <source>First word of the answer</source>
        <translation>回答的第一个词</translation>
    </message>
    <message>
        <source>First words checked</source>
        <translation>检查开头几个词</translation>
    </message>
    <message>
        <source>First words shown</source>
        <translation>显示开头几个词</translation>
    </message>
    <message>
        <source>First sound made</source>
        <translation>生成第一段声音</translation>
    </message>
    <message>
        <source>First sound played</source>
        <translation>播放第一段声音</translation>
    </message>
    <message>
        <source>Answer written</source>
        <translation>回答写完</translation>
    </message>
    <message>
        <source>Whole answer</source>
        <translation>整个回答</translation>
    </message>
</context>
<context>
    <name>Trainer</name>
    <message>
        <source>The training broke off.</source>
        <translation>训练中断了。</translation>
    </message>
    <message>
        <source>The system ended it, most likely because memory ran out. Close other programs, or choose the quick way; what was learned up to the last save is kept.</source>
        <translation>系统结束了它，很可能是内存不足。请关闭其他程序，或选择快速方式；上次保存之前学到的内容仍在。</translation>
    </message>
    <message>
        <source>Start it again; it goes on from its last save. It said: {reason}</source>
        <translation>请重新开始，它会从上次保存处继续。它报告：{reason}</translation>
    </message>
    <message>
        <source>Start it again; it goes on from its last save.</source>
        <translation>请重新开始，它会从上次保存处继续。</translation>
    </message>
</context>
<context>
    <name>Training</name>
    <message>
        <source>before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>after</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>{name}: {before} before, {after} after, {verdict}</source>
        <translation>{name}：之前 {before}，之后 {after}，{verdict}</translation>
    </message>
    <message>
        <source>Before and after</source>
        <translation>训练前后</translation>
    </message>
    <message>
        <source>Some of them</source>
        <translation>部分示例</translation>
    </message>
    <message>
        <source>These cannot be learned from yet.</source>
        <translation>这些还不能用来学习。</translation>
    </message>
    <message>
        <source>{n} recordings to learn from, {m} to check with, {time}.</source>
        <translation>{n} 段录音用于学习，{m} 段用于检查，共 {time}。</translation>
    </message>
    <message>
        <source>{n} examples to learn from, {m} kept back to check with.</source>
        <translation>{n} 个示例用于学习，留出 {m} 个用于检查。</translation>
    </message>
    <message>
        <source>{tokens} tokens, {answers} of them answers. The longest example has {longest}.</source>
        <translation>{tokens} 个词元，其中回答 {answers} 个。最长的示例有 {longest} 个。</translation>
    </message>
    <message>
        <source>{n} are too long: their beginning is left out. Shorten them.</source>
        <translation>{n} 个过长：开头会被略去。请缩短。</translation>
    </message>
    <message>
        <source>{n} seconds</source>
        <translation>{n} 秒</translation>
    </message>
    <message>
        <source>{n} minutes</source>
        <translation>{n} 分钟</translation>
    </message>
    <message>
        <source>{n} hours</source>
        <translation>{n} 小时</translation>
    </message>
    <message>
        <source>Loss on your own examples</source>
        <translation>您的示例上的损失</translation>
    </message>
    <message>
        <source>Accuracy on your own examples</source>
        <translation>您的示例上的准确率</translation>
    </message>
    <message>
        <source>Safety</source>
        <translation>安全性</translation>
    </message>
    <message>
        <source>Grounding (keeps to what is there)</source>
        <translation>依据性（只说有依据的）</translation>
    </message>
    <message>
        <source>Ordinary talk (helps with what is asked)</source>
        <translation>日常对话（能帮上忙）</translation>
    </message>
    <message>
        <source>General knowledge</source>
        <translation>一般知识</translation>
    </message>
    <message>
        <source>Words misheard, you</source>
        <translation>听错的词（您）</translation>
    </message>
    <message>
        <source>Words misheard, other people</source>
        <translation>听错的词（其他人）</translation>
    </message>
    <message>
        <source>Words misheard, you (small change)</source>
        <translation>听错的词（您，小改动）</translation>
    </message>
    <message>
        <source>Words misheard, you (whole ear)</source>
        <translation>听错的词（您，整个听觉）</translation>
    </message>
    <message>
        <source>worse</source>
        <translation>变差</translation>
    </message>
    <message>
        <source>better</source>
        <translation>变好</translation>
    </message>
    <message>
        <source>the same</source>
        <translation>不变</translation>
    </message>
</context>
<context>
    <name>TrainingDialog</name>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>What to train</source>
        <translation>训练什么</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>Your voice</source>
        <translation>您的声音</translation>
    </message>
    <message>
        <source>Trained versions</source>
        <translation>训练版本</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>TrainingOptions</name>
    <message>
        <source>More choices</source>
        <translation>更多选项</translation>
    </message>
    <message>
        <source>The model that answers</source>
        <translation>当前回答的模型</translation>
    </message>
    <message>
        <source>Quick: the upper layers learn</source>
        <translation>快速：只训练上面几层</translation>
    </message>
    <message>
        <source>Thorough: all layers learn</source>
        <translation>彻底：训练所有层</translation>
    </message>
    <message>
        <source>Every weight learns (small models)</source>
        <translation>训练全部权重（小模型）</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>基础模型</translation>
    </message>
    <message>
        <source>The model that learns.</source>
        <translation>要学习的模型。</translation>
    </message>
    <message>
        <source>Rounds</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>It ends earlier when it gets no better.</source>
        <translation>没有进步时会提前结束。</translation>
    </message>
    <message>
        <source>Upper layers</source>
        <translation>上面的层数</translation>
    </message>
    <message>
        <source>Fewer are faster and learn less.</source>
        <translation>层数越少越快，学到的也越少。</translation>
    </message>
    <message>
        <source>LoRA rank</source>
        <translation>LoRA 秩</translation>
    </message>
    <message>
        <source>Higher can learn more, and needs more.</source>
        <translation>越高学得越多，需要的内存也越多。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>For every weight take 2e-05 or less.</source>
        <translation>训练全部权重时请用 2e-05 或更小。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>The same seed gives the same result.</source>
        <translation>相同的种子得到相同的结果。</translation>
    </message>
</context>
<context>
    <name>TranscriptView</name>
    <message>
        <source>Conversation</source>
        <translation>对话内容</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>最新</translation>
    </message>
    <message>
        <source>Go to the newest answer</source>
        <translation>转到最新的回答</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Ask…</source>
        <translation>提问…</translation>
    </message>
    <message>
        <source>Open Candor</source>
        <translation>打开 Candor</translation>
    </message>
    <message>
        <source>Mute the microphone</source>
        <translation>将麦克风静音</translation>
    </message>
    <message>
        <source>New private chat</source>
        <translation>新建私密聊天</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
</context>
<context>
    <name>TurnAnnouncer</name>
    <message>
        <source>Still working.</source>
        <translation>仍在处理。</translation>
    </message>
    <message>
        <source>Answer finished.</source>
        <translation>回答完毕。</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
</context>
<context>
    <name>TurnTimes</name>
    <message>
        <source>Times of the last answer</source>
        <translation>上次回答的用时</translation>
    </message>
</context>
<context>
    <name>Unread</name>
    <message>
        <source>not read aloud from here</source>
        <translation>从这里起未朗读</translation>
    </message>
</context>
<context>
    <name>VersionSwitch</name>
    <message>
        <source>The version before</source>
        <translation>上一个版本</translation>
    </message>
    <message>
        <source>The next version</source>
        <translation>下一个版本</translation>
    </message>
    <message>
        <source>{n} of {all}</source>
        <translation>第 {n} 个，共 {all} 个</translation>
    </message>
</context>
<context>
    <name>VocabularyEditor</name>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>None yet. When a name is heard wrongly, say “No, it is Siobhan”.</source>
        <translation>还没有。如果名字听错了，请说“不是……，是……”。</translation>
    </message>
    <message>
        <source>Word or name</source>
        <translation>词语或名字</translation>
    </message>
    <message>
        <source>Heard instead</source>
        <translation>被听成</translation>
    </message>
    <message>
        <source>optional</source>
        <translation>可选</translation>
    </message>
    <message>
        <source>Said like</source>
        <translation>读作</translation>
    </message>
    <message>
        <source>not {word}</source>
        <translation>不是 {word}</translation>
    </message>
    <message>
        <source>said like {word}</source>
        <translation>读作 {word}</translation>
    </message>
    <message>
        <source>Remove {word}</source>
        <translation>移除 {word}</translation>
    </message>
</context>
<context>
    <name>VoicePage</name>
    <message>
        <source>Record</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>Listen again</source>
        <translation>再听一遍</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一句</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一句</translation>
    </message>
    <message>
        <source>my-voice</source>
        <translation>我的声音</translation>
    </message>
    <message>
        <source>Learn my voice</source>
        <translation>学习我的声音</translation>
    </message>
    <message>
        <source>Nothing was heard. Look whether the microphone is on, and try again.</source>
        <translation>什么也没听到。请检查麦克风是否打开，然后重试。</translation>
    </message>
    <message>
        <source>That was very short. Press once, read the sentence, press again.</source>
        <translation>太短了。按一下，朗读句子，再按一下。</translation>
    </message>
    <message>
        <source>Another training is under way. Wait for it, or stop it.</source>
        <translation>另一项训练正在进行。请等待或停止它。</translation>
    </message>
    <message>
        <source>The microphone is muted. Unmute it first.</source>
        <translation>麦克风已静音。请先取消静音。</translation>
    </message>
    <message>
        <source>Read it aloud as you always speak, then press again.</source>
        <translation>像平时一样朗读，然后再按一下。</translation>
    </message>
    <message>
        <source>Kept. It is quiet: come nearer to the microphone if you can.</source>
        <translation>已保存。声音较小：请尽量靠近麦克风。</translation>
    </message>
    <message>
        <source>Kept. It is too loud: move away a little if you can.</source>
        <translation>已保存。声音太大：请稍微离远一些。</translation>
    </message>
    <message>
        <source>Kept. Press Next, or listen to it again.</source>
        <translation>已保存。请按“下一句”，或再听一遍。</translation>
    </message>
    <message>
        <source>Switch it on</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Sentence {n} of {total} · {done} read</source>
        <translation>第 {n} 句，共 {total} 句 · 已读 {done} 句</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Record again</source>
        <translation>重新录音</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Teach Candor how you speak</source>
        <translation>教 Candor 听懂您说话</translation>
    </message>
    <message>
        <source>Read sentences aloud, as many as you like. Each is kept at once on this computer, so that you can close this and go on another day. Twenty and more help much.</source>
        <translation>朗读句子，想读多少就读多少。每一句都立即保存在这台电脑上，您可以随时关闭，改天继续。二十句以上效果会好很多。</translation>
    </message>
    <message>
        <source>Name of the result</source>
        <translation>结果的名称</translation>
    </message>
    <message>
        <source>You need at least {n} sentences. Takes a few minutes.</source>
        <translation>至少需要 {n} 句。需要几分钟。</translation>
    </message>
    <message>
        <source>Sentences that are read</source>
        <translation>已读的句子</translation>
    </message>
    <message>
        <source>Loudness of the microphone</source>
        <translation>麦克风音量</translation>
    </message>
</context>
<context>
    <name>WaitingList</name>
    <message>
        <source>Questions that wait</source>
        <translation>等待中的问题</translation>
    </message>
    <message>
        <source>A picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Next: {question}</source>
        <translation>接下来：{question}</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Take back: {question}</source>
        <translation>撤回：{question}</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>New here? Three things to try, in a minute.</source>
        <translation>初次使用？一分钟试试三件事。</translation>
    </message>
    <message>
        <source>Show me</source>
        <translation>带我看看</translation>
    </message>
    <message>
        <source>No, thanks</source>
        <translation>不用了</translation>
    </message>
</context>
<context>
    <name>Why</name>
    <message>
        <source>Answered</source>
        <translation>已回答</translation>
    </message>
    <message>
        <source>Stopped before the end</source>
        <translation>中途停止</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>未显示</translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation>出了问题</translation>
    </message>
    <message>
        <source>%1 of %2 sentences rest on what was seen or read</source>
        <translation>%2 句中有 %1 句依据看到或读到的内容</translation>
    </message>
    <message>
        <source>from memory, not checked</source>
        <translation>凭记忆，未核对</translation>
    </message>
    <message>
        <source>rests on %1, %2</source>
        <translation>依据 %1，%2</translation>
    </message>
    <message>
        <source>Health, law and money</source>
        <translation>健康、法律与理财</translation>
    </message>
    <message>
        <source>Acute dangers</source>
        <translation>紧急危险</translation>
    </message>
    <message>
        <source>Personal data</source>
        <translation>个人信息</translation>
    </message>
    <message>
        <source>Hidden instructions</source>
        <translation>隐藏的指令</translation>
    </message>
    <message>
        <source>Harm classifier</source>
        <translation>有害内容分类器</translation>
    </message>
    <message>
        <source>Match with what was seen</source>
        <translation>与所见是否相符</translation>
    </message>
    <message>
        <source>Score %1, acts from %2: it acted.</source>
        <translation>得分 %1，达到 %2 时起作用：已起作用。</translation>
    </message>
    <message>
        <source>Score %1, acts from %2: it did not act.</source>
        <translation>得分 %1，达到 %2 时起作用：未起作用。</translation>
    </message>
    <message>
        <source>How sure: %1</source>
        <translation>把握程度：%1</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Safety checks</source>
        <translation>安全检查</translation>
    </message>
    <message>
        <source>Nothing seen, heard or read: only what the model learned.</source>
        <translation>没有看到、听到或读到的内容：仅凭模型所学。</translation>
    </message>
    <message>
        <source>What was changed</source>
        <translation>修改了什么</translation>
    </message>
    <message>
        <source>Safety checks (%1)</source>
        <translation>安全检查（%1）</translation>
    </message>
    <message>
        <source>Sentence by sentence</source>
        <translation>逐句说明</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>… and {n} more.</source>
        <translation>……还有 {n} 项。</translation>
    </message>
    <message>
        <source>What it rests on, measured</source>
        <translation>依据（经过测量）</translation>
    </message>
    <message>
        <source>This answer says nothing to be measured.</source>
        <translation>这个回答里没有可以测量的内容。</translation>
    </message>
    <message>
        <source>Writing the answer again without each line. A new question comes first.</source>
        <translation>正在逐行去掉依据，重新计算这个回答。新的提问优先。</translation>
    </message>
    <message>
        <source>Measuring what the answer rests on</source>
        <translation>正在测量回答的依据</translation>
    </message>
    <message>
        <source>With everything</source>
        <translation>有全部内容时</translation>
    </message>
    <message>
        <source>Without %1</source>
        <translation>没有 %1 时</translation>
    </message>
    <message>
        <source>Without anything</source>
        <translation>什么都没有时</translation>
    </message>
    <message>
        <source>Show where this comes from</source>
        <translation>显示出处</translation>
    </message>
    <message>
        <source>%1 lines shown</source>
        <translation>展示了 %1 行</translation>
    </message>
    <message>
        <source>only your words</source>
        <translation>只有您的话</translation>
    </message>
    <message>
        <source>Perceived</source>
        <translation>感知</translation>
    </message>
    <message>
        <source>nothing to act on</source>
        <translation>无需处理</translation>
    </message>
    <message>
        <source>acted: %1</source>
        <translation>起作用：%1</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>%1 sentences</source>
        <translation>%1 句</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>%1 changes</source>
        <translation>%1 处更改</translation>
    </message>
    <message>
        <source>From percept to verdict</source>
        <translation>从感知到决定</translation>
    </message>
</context>
<context>
    <name>WhyPanel</name>
    <message>
        <source>Why this answer</source>
        <translation>为什么这样回答</translation>
    </message>
    <message>
        <source>Press “Why?” below an answer to see what it rests on and who checked it.</source>
        <translation>按回答下方的“为什么？”，查看它的依据和检查过程。</translation>
    </message>
    <message>
        <source>How sure: %1</source>
        <translation>把握程度：%1</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Nothing seen, heard or read: only what the model learned.</source>
        <translation>没有看到、听到或读到的内容：仅凭模型所学。</translation>
    </message>
    <message>
        <source>Show where this comes from</source>
        <translation>显示出处</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Read aloud</source>
        <translation>朗读</translation>
    </message>
    <message>
        <source>This was wrong…</source>
        <translation>这不对…</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Models…</source>
        <translation>模型…</translation>
    </message>
    <message>
        <source>Three things to try…</source>
        <translation>三件可以试试的事…</translation>
    </message>
    <message>
        <source>The unsent words cannot be kept: {reason}.</source>
        <translation>无法保留未发送的文字：{reason}。</translation>
    </message>
    <message>
        <source>Check the disk.</source>
        <translation>请检查磁盘。</translation>
    </message>
    <message>
        <source>Private chat</source>
        <translation>私密对话</translation>
    </message>
</context>
<context>
    <name>_Attached</name>
    <message>
        <source>Put it in the field</source>
        <translation>放进输入框</translation>
    </message>
    <message>
        <source>Remove this text</source>
        <translation>去掉这段文字</translation>
    </message>
</context>
</TS>
