//! 简体中文。Written for a Chinese classroom, not translated word for word.

mod ending;
mod fate;
mod layers;
mod making;
mod refusal;
mod sample;
mod slice;
mod sweep;
mod table;
mod verdict;

use super::{Side, Text};
use crate::descent::{Order, Outcome, Precision};
use crate::scenario::Grade;

pub(super) static TEXT: Text = Text {
    skip_to_rate: "跳到学习率",
    scenario: "情景",
    previous_scenario: "上一个情景",
    next_scenario: "下一个情景",
    own_scenario: "自定义情景",
    own_caption: "这是你自己的情景：损失函数、起点和各个运行都由你决定。地址栏里保存了全部设置，点“分享”即可复制。",
    share: "分享",
    link_copied: "链接已复制",
    copy_this_link: "请复制这个链接",
    keyboard_help: "键盘操作",
    more: "更多",
    language: "语言",
    to_dark_theme: "深色主题",
    to_light_theme: "浅色主题",
    close: "关闭",
    loss_map: "损失地图",
    map_help: "方向键移动起点，按住 Shift 微调；加号、减号缩放，0 显示全部。拖动可平移地图，点击可放置起点。",
    map_help_made: "方向键平移地图；加号、减号缩放，0 显示全部。拖动可平移地图。起点由初始化方法和随机种子决定。",
    start: "起点",
    map_of_starts: "起点地图",
    starts_settle: "稳定",
    starts_other_minimum: "其他极小点",
    starts_go_on: "未稳定",
    zoom_in: "放大",
    zoom_out: "缩小",
    fit_view: "显示全部",
    fit_path: "显示整条路径",
    predict_first: "先猜后看",
    prediction: "这个学习率会怎样？",
    predict_to_play: "先选一个答案，再播放",
    chart_later: "揭晓后显示曲线。",
    caption_later: "揭晓后再说明这个情景。",
    previous_rate: "上一次",
    keep: "保留",
    keep_rate: "把上一个学习率保留为一条运行",
    play: "播放",
    pause: "暂停",
    restart: "重新开始",
    step: "步数",
    step_axis: "步数",
    epoch: "轮次",
    noise_ball: "噪声球（±2σ）",
    step_back: "后退一步",
    step_forward: "前进一步",
    speed: "速度",
    learning_rate: "学习率",
    learning_rate_value: "学习率数值",
    lower_rate: "减小学习率",
    raise_rate: "增大学习率",
    best: "最佳",
    limit: "上限",
    best_here: "此处最佳",
    limit_here: "此处上限",
    off_slider: "在滑块之外",
    no_best: "此处没有最佳学习率：不是每个方向都向上弯",
    no_limit: "此处没有上限：没有向上弯的方向",
    limit_in_chart: "打开“锐度”图时，这里会标出上限",
    details: "详细设置",
    loss: "损失函数",
    loss_value: "损失",
    loss_heading: "损失函数与起点",
    plane_right: "横轴参数",
    plane_up: "纵轴参数",
    principal: "主方向",
    principal_direction: "主方向",
    plane_ends: "起点与终点",
    plane_random: "随机方向",
    plane_two: "两个参数",
    plane_seed: "随机方向的种子",
    to_the_end: "起点 → 终点",
    aside_of_it: "垂直方向",
    random_direction: "随机方向",
    start_x: "起点 x",
    start_y: "起点 y",
    steps: "总步数",
    loss_details: "损失函数的设置",
    more_settings: "更多设置",
    batch: "批量大小",
    batch_last: "逐步增大到",
    batch_grows: "批量随步数增大",
    batch_own: "仅对此运行",
    order: "样本顺序",
    noise: "噪声 σ",
    seed: "随机种子",
    precision: "数值精度",
    charts: "图表",
    loss_tab: "损失",
    gradient_tab: "梯度范数",
    rate_tab: "学习率",
    step_tab: "步长",
    gradient_norm: "梯度范数",
    step_length: "步长",
    sharpness: "锐度",
    sharpness_note: "学习率 × 锐度",
    preconditioned_note: "学习率 × 预条件锐度",
    largest_note: "锐度 λ_max",
    preconditioned_largest: "预条件锐度 λ_max",
    sharpness_later: "运行算完之后才计算锐度。",
    dashed_edge: "；虚线：稳定性边缘",
    above_minimum: "高出最小值的部分",
    sweep: "扫描",
    sweep_rates: "各学习率的最终损失",
    sweep_help: "方向键查看其他学习率，回车键把它用于所选的运行。",
    end_loss: "最终损失",
    end_loss_above: "最终损失高出最小值的部分",
    rate_axis: "学习率",
    diverges_everywhere: "任何学习率都发散",
    save_as_csv: "保存为 CSV",
    parameter_space: "参数空间",
    data_space: "数据空间",
    point_is_line: "每个点是一条直线",
    point_is_curve: "每个点是一条曲线",
    point_is_boundary: "每个点是一条决策边界",
    point_is_plane: "每个点是一个平面",
    line_at_puck: "当前参数对应的直线",
    curve_at_puck: "当前参数对应的曲线",
    boundary_at_puck: "当前参数的决策边界",
    plane_at_puck: "当前参数下 ŷ 的等值线",
    map_or_data: "地图或数据",
    show_map: "地图",
    show_data: "数据",
    data_or_layers: "数据或各层",
    show_layers: "各层",
    layer_view: "网络的各层",
    layers_help: "方向键在各层之间移动，Home 和 End 到首层和末层。",
    layers_table: "各层数据表",
    data_points: "数据点",
    data_help: "方向键在数据点之间移动。Enter 或空格拿起一个点：方向键移动它，按住 Shift 步子更大，Enter 放下，Esc 放回原处。A 添加一个点，Delete 删除；0 和 1 设定类别；位置由两个特征决定时，+ 和 − 增减它的数值。用鼠标：拖动数据点，双击空白处添加。",
    add_point: "添加数据点",
    remove_point: "删除数据点",
    other_class: "换成另一类",
    raise_number: "数值增大",
    lower_number: "数值减小",
    data_table: "数据表",
    sample_column: "样本",
    predicted: "预测值",
    residual: "残差",
    chance: "类别 1 的概率",
    in_batch_column: "在小批量中",
    held_out_column: "留出",
    yes: "是",
    in_mini_batch: "在当前小批量中",
    held_out: "留出样本",
    above_prediction: "高于预测值",
    below_prediction: "低于预测值",
    class_0: "类别 0",
    class_1: "类别 1",
    slope: "斜率",
    intercept: "截距",
    weight: "权重",
    results: "结果",
    run_column: "运行",
    outcome_column: "结局",
    settles_column: "稳定所需步数",
    final_loss: "最终损失",
    distance: "到极小点的距离",
    own_data: "自己的数据…",
    own_data_title: "你的数据",
    own_data_hint: "粘贴表格，或把文件拖进来：CSV，用逗号、分号或制表符分隔都可以。数据只留在你的浏览器里。",
    paste_table: "在此粘贴表格",
    choose_file: "选择文件…",
    stop_reading: "停止读取",
    reading_table: "正在读取表格",
    table_preview: "表格的前几行",
    first_line_names: "首行是列名",
    learnt_by: "损失函数",
    feature_x: "特征 x",
    target_y: "目标 y",
    feature_one: "特征 x₁",
    feature_two: "特征 x₂",
    no_feature: "无",
    target_class: "类别",
    class_zero: "类别 0",
    class_one: "类别 1",
    cancel: "取消",
    use_data: "使用这些数据",
    data_not_in_link: "数据太大，放不进链接，只保存在这个浏览器里。",
    data_fetched: "正在从浏览器中取回你的数据……",
    data_kept: "数据太大，放不进链接，已保存在这个浏览器里",
    data_not_kept: "浏览器没能保存你的数据：存储空间已满，或者这是无痕窗口。重新加载或关闭页面之前数据都在，但链接里没有它们。",
    link_without_data: "链接已复制。你的数据不在其中，只有在这个浏览器里打开才能看到。",
    save_data: "把数据保存为 CSV",
    copy_as_python: "复制为 Python",
    copy: "复制",
    script_copied: "脚本已复制",
    export: "导出",
    current_point: "当前点：梯度、动量与这一步",
    no_theory: "这个算法没有理论上限",
    climbs_at_any_rate: "梯度符号反了，任何学习率都是上坡",
    selected_run: "要调节的运行",
    spectrum: "各个学习率的结果",
    spectrum_help: "方向键查看其他学习率，回车键选用。",
    spectrum_hidden: "先猜后看时不显示",
    runs: "运行",
    add_run: "添加运行",
    no_more_runs: "最多八个运行",
    one_rate: "共用一个学习率",
    optimizer: "优化器",
    schedule: "学习率调度",
    warmup: "预热步数",
    clip: "梯度裁剪",
    constrain: "参数约束",
    no_constraint: "不约束",
    stop_loss: "停止条件：损失 ≤",
    stop_gradient: "停止条件：‖∇J‖ ≤",
    ascent: "符号写反（上坡）",
    average: "平均比例",
    average_loss: "平均",
    average_help: "从末尾算起，取多大比例的步子求平均：0 为不求平均，0.5 为后一半，1 为全部。",
    no_clip: "不裁剪",
    rate_first_tried: "每一步先试这个学习率，太大再缩小",
    rate_first_step: "只有第一步用这个学习率",
    rate_unused: "这个算法自己决定步长，不用学习率",
    without_hessian: "参数太多，不计算黑塞矩阵：每一步只沿 −∇J 作线搜索",
    duplicate_run: "复制一份",
    hide_run: "隐藏",
    show_run: "显示",
    move_up: "上移",
    move_down: "下移",
    remove_run: "删除",
    chart: "曲线",
    refused_heading: "链接中有些内容无法识别，已略过：",
    crash_title: "页面出错了",
    crash_text: "这是我们的错误，与你无关。下面的链接记录了出错时的内容，如需反馈请保留它。",
    crash_link: "引起错误的链接",
    crash_recover: "重新打开这个链接",
    crash_start_over: "从头开始",
    language_tag: "zh-Hans",
    keys: &[
        ("Space", "播放或暂停"),
        (", .", "后退一步、前进一步"),
        ("Home", "回到第 0 步（焦点不在滑块或输入框时）"),
        ("← →", "学习率：二十分之一个数量级"),
        ("Shift ← →", "学习率：百分之一个数量级"),
        ("Page ↑ ↓", "学习率：四分之一个数量级"),
        ("Home End", "滑块：移到两端"),
        ("← → ↑ ↓", "地图：移动起点"),
        ("Shift ← → ↑ ↓", "地图：微调起点"),
        ("+ − 0", "放大、缩小、显示全部"),
        ("← → ↑ ↓", "在数据上：走到下一个点"),
        ("Enter", "在数据上：拿起、放下一个点"),
        ("A Delete", "在数据上：添加、删除一个点"),
        ("← →", "在各层上：到相邻的一层"),
        ("1 … 8", "选择运行"),
        ("K", "把上一个学习率保留为一条运行"),
        ("P", "先猜后看：开或关"),
        ("[ ]", "上一个、下一个情景"),
        ("L", "切换语言"),
        ("T", "切换浅色与深色"),
        ("?", "显示本说明"),
    ],
    layers: &layers::TEXT,
    outcome,
    ending: ending::ending,
    verdict: verdict::sentence,
    advice: verdict::advice,
    meaning,
    answer: |grade, guessed| match grade {
        Grade::Right => "猜对了！".to_owned(),
        Grade::RightOnTheWhole => "猜对了！它到达了极小点，只是途中有振荡。".to_owned(),
        Grade::Wrong => format!("这次没猜中，你选的是“{guessed}”。"),
    },
    score: |right, of| format!("答对 {right} / {of}"),
    sample: sample::sample,
    sample_event: sample::event,
    own_gradient: |parts| format!("它自己的梯度是 ({parts})。"),
    more_samples: |count| format!("还有 {count} 个样本未列出。"),
    standardized: |name| format!("{name}，标准化后"),
    refusal: refusal::refusal,
    table_refusal: table::refusal,
    table_summary: table::summary,
    reading_rows: |share, rows| format!("正在读取：{share}，已读 {rows} 行……"),
    making: making::making,
    fewer_steps: making::fewer_steps,
    steps_counted: |count| format!("{count} 步"),
    fastest_between: |low, high| {
        let range =
            if low == high { format!("{low} 处") } else { format!("{low} 到 {high} 之间") };
        format!("{range}步数最少")
    },
    limit_at_minimum: |here, there| format!("{here}，极小点处 {there}"),
    at_rate: fate::at_rate,
    leads: |step, ranking| {
        let [(first, lowest), rest @ ..] = ranking else { return [String::new(), String::new()] };
        let named = rest.iter().take(3).map(|(name, loss)| format!("{name} *{loss}*"));
        let others = named.collect::<Vec<_>>().join("，");
        let more = match rest.len().saturating_sub(3) {
            0 => String::new(),
            more => format!("，另有 {more} 个"),
        };
        let first = spaced(first);
        [format!("{step} 步后{first}领先"), format!("，损失 *{lowest}*；{others}{more}。")]
    },
    precision_name: |precision| match precision {
        Precision::F64 => "f64 · 双精度",
        Precision::F32 => "f32 · 单精度",
        Precision::Bf16 => "bf16",
        Precision::F16 => "f16 · 半精度",
    },
    order_name: |order| match order {
        Order::Shuffled => "每轮重新打乱",
        Order::Sequential => "按数据顺序",
    },
    averaged: |from, [loss, last], closer| {
        let closer = closer.map(|times| format!("，与最低损失的差距缩小到 1/{times}"));
        let closer = closer.unwrap_or_default();
        format!("从第 {from} 步起各点的平均，损失为 {loss}，最后一点为 {last}{closer}。")
    },
    strays: |[x, y], [long, short]| {
        format!(
            "噪声球：后半程在 ({x}, {y}) 附近徘徊，沿椭圆长轴和短轴的标准差为 {long} 和 {short}。"
        )
    },
    scaling: |is_standardized, number, limit| {
        let name = if is_standardized { "标准化后" } else { "原始数据" };
        format!("{name}：条件数 {}，上限 {limit}", number.unwrap_or("超过 10¹⁴"))
    },
    batch_named: |first, last| match (first, last) {
        (None, None) => "全批量".to_owned(),
        (Some(first), None) => format!("批量 {first}"),
        (_, Some(last)) => {
            format!("批量 {} → {}", first.unwrap_or("全部"), last.unwrap_or("全部"))
        }
    },
    of_samples: |samples| format!("/ {samples}"),
    run_named: |letter| format!("运行 {letter}"),
    rate_of_run: |letter| format!("运行 {letter} 的 η"),
    settings_of_run: |letter| format!("运行 {letter} 的设置"),
    slice_words: slice::words,
    as_of_step: |step| format!("第 {step} 步时的结果"),
    off_map: |distance, side| {
        let side = match side {
            Side::Above => "上方",
            Side::Below => "下方",
            Side::Left => "左侧",
            Side::Right => "右侧",
        };
        format!("在地图{side} {distance} 个单位处")
    },
    step_spoken: |step, of, loss| format!("第 {step} 步，共 {of} 步，损失 {loss}"),
    chart_spoken: |first, last, least| {
        format!("损失随步数的变化（对数坐标）：从 {first} 到 {last}，最小为 {least}。")
    },
    held_out_spoken: |[last, least, step]| {
        format!("留出数据（虚线）：最终为 {last}，最小为第 {step} 步的 {least}。")
    },
    overfits: |[step, least, last]| {
        format!("*过拟合：*从第 {step} 步起，留出损失由 {least} 升到 {last}，而训练损失仍在下降。")
    },
    sharpness_spoken: |of, [first, last], limit| {
        let limit = limit.map(|limit| format!("，上限为 {limit}")).unwrap_or_default();
        format!("{of}随步数的变化（对数坐标）：从 {first} 到 {last}{limit}。")
    },
    does_not_apply: |why| format!("锐度对这个算法不适用：{why}。"),
    sweep_spoken: sweep::spoken,
    swept_at: sweep::at,
    stop_line: |limit| format!("降到 {limit} 停止"),
    not_in_range: |given, min, max, whole| {
        let kind = if whole { "整数" } else { "数" };
        format!("“{given}”不是 {min} 到 {max} 之间的{kind}。")
    },
    not_a_rate: |given| format!("“{given}”不能作为学习率，请输入一个正数，例如 0.05 或 1e-3。"),
};

/// A name among Chinese characters: with spaces around Latin letters.
fn spaced(name: &str) -> String {
    let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let before = if is_latin(name.chars().next()) { " " } else { "" };
    let after = if is_latin(name.chars().next_back()) { " " } else { "" };
    format!("{before}{name}{after}")
}

fn meaning(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Crawls => "步数用完时仍在途中",
        Outcome::Converges => "与极小点的距离降到起始的 1% 以内",
        Outcome::Oscillates => "左右摆动，摆幅逐渐减小",
        Outcome::Bounces => "一直左右跳动，停不下来",
        Outcome::Stalls => "停在没有极小点的地方",
        Outcome::Diverges => "越跑越远，一去不返",
    }
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Crawls => "缓慢",
        Outcome::Converges => "收敛",
        Outcome::Oscillates => "振荡",
        Outcome::Bounces => "跳动",
        Outcome::Stalls => "停滞",
        Outcome::Diverges => "发散",
    }
}
