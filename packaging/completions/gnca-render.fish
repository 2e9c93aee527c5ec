function __gnca-render_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __gnca-render_parse_tokens
    test "$commands" = gnca-render; and set commands gnca-render render
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __gnca-render_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __gnca-render_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __gnca-render_parse_tokens -S
    set -l unparsed_tokens (__gnca-render_tokens -pc)
    test "$unparsed_tokens[2]" = info; and set unparsed_tokens[2] inspect
    # Tokens that begin with no subcommand are those of render
    if test (count $unparsed_tokens) -gt 1; and not contains -- $unparsed_tokens[2] render train figure batch page embed evaluate inspect info convert target list version help
        set unparsed_tokens $unparsed_tokens[1] render $unparsed_tokens[2..]
    end
    switch $unparsed_tokens[1]
    case 'gnca-render'
        __gnca-render_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'render'
            __gnca-render_parse_subcommand -r 1 'dialect=' 'tensors=' 'entry=' 'control=' 'scenario=' 'steps=' 'speed=' 'duration=' 'steps-per-frame=' 'hold=' 'fade=' 'grid=' 'start=+' 'fire-rate=' 'angle=' 'damage=+' 'random-seed=' 'random-seeds=' 'padding=' 'on-blowup=' 'overlay=' 'layout=' 'caption=+' 'no-captions' 'columns=' 'trained-steps=' 'no-seed-mark' 'theme=' 'scale=' 'size=' 'aspect=' 'fit' 'compare' 'background=' 'target=' 'target-size=' 'perception-channels=' 'o/output=+' 'format=' 'fps=' 'codec=' 'quality=' 'preset=' 'pixel-format=' 'encoder-option=+' 'max-size=' 'for=+' 'keyframes=' 'loop=' 'poster=' 'poster-step=' 'captions=' 'overwrite' 'reproducible' 'title=' 'author=' 'licence=' 'no-provenance' 'threads=' 'progress=' 'quiet' 'verbose' 'dry-run' 'version' 'h/help'
        case 'train'
            __gnca-render_parse_subcommand 1 'o/output=' 'from=' 'size=' 'padding=' 'resampling=' 'font=' 'key=' 'regime=' 'recipe=' 'iterations=' 'until=' 'grow-first=' 'channels=' 'hidden=' 'rule=' 'decoder=' 'learn-filters' 'fire-rate=' 'life-mask=' 'life-threshold=' 'edges=' 'batch=' 'pool=' 'reseed=' 'steps=' 'warm-up-steps=' 'warm-up-iterations=' 'optimiser=' 'learning-rate=' 'schedule=' 'rate-warm-up=' 'decay-factor=' 'decay-at=' 'momentum=' 'adam-rate=' 'beta1=' 'beta2=' 'epsilon=' 'loss=' 'loss-floor=' 'gradient=' 'clip-norm=' 'damaged=' 'ongoing-damage=' 'settle=' 'damage-shapes=' 'death-rate=' 'random-seed=' 'title=' 'author=' 'licence=' 'no-provenance' 'threads=' 'progress=' 'time=' 'resume=' 'checkpoint-every=' 'keep-state' 'log=' 'loss-curve=' 'film=' 'film-scale=' 'quiet' 'overwrite' 'version' 'h/help'
        case 'figure'
            __gnca-render_parse_subcommand -r 2 'o/output=+' 'data=+' 'dialect=' 'tensors=' 'entry=' 'control=' 'step=' 'steps=' 'scenario=' 'trials=' 'grid=' 'damage=+' 'angle=' 'fire-rate=' 'random-seed=' 'target=+' 'radii=' 'moments=' 'stride=' 'full-trials' 'channels=' 'size=' 'padding=' 'resampling=' 'font=' 'key=' 'width=' 'scale=' 'dpi=' 'font-size=' 'gap=' 'columns=' 'caption=+' 'no-captions' 'theme=' 'background=' 'title=' 'author=' 'licence=' 'no-provenance' 'threads=' 'progress=' 'overwrite' 'quiet' 'version' 'h/help'
        case 'batch'
            __gnca-render_parse_subcommand 1 'set=+' 'root=+' 'jobs=' 'only=' 'shard=' 'force' 'overwrite' 'keep-going' 'list' 'dry-run' 'json' 'schema' 'progress=' 'quiet' 'version' 'h/help'
        case 'page'
            __gnca-render_parse_subcommand -r 1 'o/output=' 'dialect=' 'tensors=' 'entry=' 'control=' 'scenario=' 'grid=' 'start=+' 'fire-rate=' 'angle=' 'random-seed=' 'speed=' 'edges=' 'caption=+' 'lead=' 'alt=' 'target=' 'theme=' 'poster-step=' 'bare' 'size=' 'padding=' 'resampling=' 'font=' 'key=' 'title=' 'author=' 'licence=' 'no-provenance' 'compact' 'overwrite' 'quiet' 'version' 'h/help'
        case 'embed'
            __gnca-render_parse_subcommand -r 1 'o/output=' 'poster=' 'caption=' 'alt=' 'label=' 'url=' 'fps=' 'inline' 'controls' 'overwrite' 'quiet' 'version' 'h/help'
        case 'evaluate'
            __gnca-render_parse_subcommand -r 1 'target=' 'o/output=' 'dialect=' 'tensors=' 'entry=' 'control=' 'size=' 'padding=' 'resampling=' 'font=' 'key=' 'threads=' 'progress=' 'quiet' 'trials=' 'random-seed=' 'endurance' 'json' 'csv' 'overwrite' 'version' 'h/help'
        case 'inspect'
            __gnca-render_parse_subcommand -r 1 'dialect=' 'tensors=' 'entry=' 'control=' 'json' 'quiet' 'version' 'h/help'
        case 'convert'
            __gnca-render_parse_subcommand 1 'o/output=' 'format=' 'dialect=' 'tensors=' 'entry=' 'control=' 'title=' 'author=' 'licence=' 'no-provenance' 'overwrite' 'quiet' 'version' 'h/help'
        case 'target'
            __gnca-render_parse_subcommand 1 'o/output=' 'size=' 'padding=' 'resampling=' 'font=' 'key=' 'overwrite' 'quiet' 'version' 'h/help'
        case 'list'
            __gnca-render_parse_subcommand 0 'json' 'version' 'h/help'
        case 'version'
            __gnca-render_parse_subcommand 0 'version' 'h/help'
        case 'help'
            __gnca-render_parse_subcommand -r 1 'version'
        end
    end
end

function __gnca-render_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __gnca-render_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __gnca-render_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __gnca-render_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__gnca-render_tokens -p)
    if test -z "$(__gnca-render_tokens -t)"
        set -l index (count (__gnca-render_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'gnca-render' -f
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_positional "gnca-render" -eq 1' -F
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" scenario' -l 'scenario' -rka 'grow persist regen rain rotate'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" scenario' -l 'scenario' -rka 'grow persist regen rain rotate'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page" scenario' -l 'scenario' -rka 'grow persist regen rain rotate'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render" version' -l 'version' -d 'Show the version.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_positional "gnca-render" -eq 1' -fa 'render' -d 'Make a film from one model or several (the default subcommand).'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_positional "gnca-render" -eq 1' -fa 'train' -d 'Train a model on one picture.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_positional "gnca-render" -eq 1' -fa 'figure' -d 'Make a still from one model or several, as PNG, SVG or PDF.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_positional "gnca-render" -eq 1' -fa 'batch' -d 'Make everything that a file of jobs describes; what is there already is not made again.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_positional "gnca-render" -eq 1' -fa 'page' -d 'Write a web page that runs a model: one file, in which its reader erases, plants and watches.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_positional "gnca-render" -eq 1' -fa 'embed' -d 'Write what a blog, a README or a paper pastes to show a film: HTML, Markdown or LaTeX.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_positional "gnca-render" -eq 1' -fa 'evaluate' -d 'Score models: how near they come to their picture, how long they stay, how often they recover.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_positional "gnca-render" -eq 1' -fa 'inspect' -d 'Tell what a model file is: its format, tensors, family, dialect and rule, and where it comes from.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_positional "gnca-render" -eq 1' -fa 'convert' -d 'Write a model in another format and tell what that format does not keep.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_positional "gnca-render" -eq 1' -fa 'target' -d 'Write the picture as training sees it: averaged down to cells, with its margin.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_positional "gnca-render" -eq 1' -fa 'list' -d 'List scenarios, overlays, figures, output formats with the codecs present, training regimes, model formats.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_positional "gnca-render" -eq 1' -fa 'version' -d 'Show the version, those of libav and Swift, and which kernels this CPU runs.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_positional "gnca-render" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_positional "gnca-render render" -ge 1' -F
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" dialect' -l 'dialect' -d 'Conventions of models that do not tell theirs: order=, scale=, negate=, exchange=, alpha=, life=, threshold=, padding=, seed=, fire=, gain=, filters=, activation=, ... (docs/checkpoints.md), or guess.' -rfka '(__gnca-render_custom_completion ---completion render -- --dialect (count (__gnca-render_tokens -pc)) (__gnca-render_tokens -tC))'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" tensors' -l 'tensors' -d 'Beginning of the tensors\' names that counts, where a file holds several copies of a model.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" entry' -l 'entry' -d 'Which model of a collection to take; FILE#NAME does the same.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" control' -l 'control' -d 'Goal of a goal-guided model: its number, from 0 on, or the numbers of its control vector.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" scenario' -l 'scenario' -d 'What happens: grow, persist, regen, rain, rotate, or a timeline file (.yaml); default grow.' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" steps' -l 'steps' -d 'Steps that the automaton makes; default the scenario\'s own length.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" speed' -l 'speed' -d 'Steps a second from beginning to end, at any frame rate; default the scenario\'s own.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" duration' -l 'duration' -d 'How long the film lasts: what moves goes faster or slower for it, what stands still keeps its time.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" steps-per-frame' -l 'steps-per-frame' -d 'Steps from one frame to the next, also below 1; default the scenario\'s own. --speed says it in time.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" hold' -l 'hold' -d 'How long the last picture stands; default the scenario\'s own.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" fade' -l 'fade' -d 'How long the last picture then fades to background; default 0.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" grid' -l 'grid' -d 'Size of the grid in cells; default the model\'s own, else 72x72.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render"' -l 'start' -d 'Cell where a seed stands, repeatable; default the centre.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" fire-rate' -l 'fire-rate' -d 'Probability that a cell updates in a step, 0...1; default the model\'s own.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" angle' -l 'angle' -d 'How far what cells perceive is turned; default 0, may be negative.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render"' -l 'damage' -d 'Damage after a number of steps, repeatable: circle:X,Y,R@STEP, rect:X,Y,W,H@STEP, half:left@STEP (left, right, top, bottom), random:N@STEP (N random circles), erase:FILE.png@STEP (a mask).' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" random-seed' -l 'random-seed' -d 'Seed of the random numbers: which cells fire, and random damage; default the scenario\'s own, else 0. (0...4294967295)' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" random-seeds' -l 'random-seeds' -d 'Several random seeds: every model once with each, side by side with captions.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" padding' -l 'padding' -d 'What lies outside the grid; default the model\'s own.' -rfka 'zero torus'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" on-blowup' -l 'on-blowup' -d 'What to do when a state becomes infinite or NaN: stop, or hold the last finite state.' -rfka 'stop hold'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" overlay' -l 'overlay' -d 'What is shown besides the cells: alive, hidden, pca, channels, fire, perception, update, damage, counter, time, error, influence, lineage.' -rfka '(__gnca-render_custom_completion ---completion render -- --overlay (count (__gnca-render_tokens -pc)) (__gnca-render_tokens -tC))'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" layout' -l 'layout' -d 'Where the panels of overlays stand; default side, in a frame that is higher than wide below.' -rfka 'side below over grid'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render"' -l 'caption' -d 'Caption of a model, repeatable in the models\' order; several models have their file names by default.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" no-captions' -l 'no-captions' -d 'Leave out the captions that several models have by default.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" columns' -l 'columns' -d 'Pictures a row, where there are several models; default as many as bring the film near 16:9.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" trained-steps' -l 'trained-steps' -d 'Steps at which training compared the model with its target, for the time overlay; default what a model says.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" no-seed-mark' -l 'no-seed-mark' -d 'Leave out the ring that shows a seed until it has grown beyond a few cells.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" theme' -l 'theme' -d 'Colours around the cells.' -rfka 'light dark'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" scale' -l 'scale' -d 'Pixels of one cell, default 8; where video halves chroma, an even number from 4 on keeps it sharp. (1...64)' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" size' -l 'size' -d 'Size of the film: cells as large as whole pixels allow, the rest of the page around them.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" aspect' -l 'aspect' -d 'Width to height of the film, as 16:9, 1:1 or 9:16: page is added around.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" fit' -l 'fit' -d 'Show only the part of the grid where something lives in the course of the film.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" compare' -l 'compare' -d 'Of two models, or one with two random seeds, show the difference, too.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" background' -l 'background' -d 'What is behind the cells: white, black, checker, transparent, a colour\'s name as CSS has it, #RGB or #RRGGBB; default white, with the dark theme that of its page.' -rfka 'white black checker transparent'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" target' -l 'target' -d 'What the error overlay compares with: a picture, an emoji, or a text.' -rF
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" target-size' -l 'target-size' -d 'Longest side, in cells, to which a target larger than the grid shrinks; default 40.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" perception-channels' -l 'perception-channels' -d 'Channels that the perception overlay shows, counted from 0; default alpha, red and the first hidden one.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render"' -s 'o' -l 'output' -d 'Output, repeatable: the extension picks the format, and - is standard output.' -rF
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" format' -l 'format' -d 'Format where no extension tells, as for -o -.' -rfka 'mp4 mov mkv webm gif apng webp avif png nut y4m'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" fps' -l 'fps' -d 'Frames a second, 1...240, also 29.97 or 30000/1001; default 30, a GIF alone 25.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" codec' -l 'codec' -d 'Codec; default the first that gnca-render list names for the format.' -rfka 'h264 h265 av1 prores vp9 ffv1 gif webp raw y4m'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" quality' -l 'quality' -d 'Quality on the codec\'s own scale (h264 and h265: crf, lower is better).' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" preset' -l 'preset' -d 'Encoder preset, as the encoder names it.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" pixel-format' -l 'pixel-format' -d 'Pixel format, as libav names it; default yuv420p for MP4.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render"' -l 'encoder-option' -d 'Option of the encoder\'s own that names no file, repeatable (docs/formats.md).' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" max-size' -l 'max-size' -d 'Bytes that an output may have, as 2MB or 500kB: quality, colours, size and frames are given up for it.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render"' -l 'for' -d 'An option of one output, repeatable: film.mp4:quality=18. The output is named as with -o, or by its format (gif:loop=3); options are quality, preset, codec, pixel-format, encoder-option, loop, keyframes, max-size.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" keyframes' -l 'keyframes' -d 'Seconds between pictures at which a player can begin, for scrubbing and seeking. (0.01...3600; default: 1.0)' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" loop' -l 'loop' -d 'How often an animation plays: a number, or forever; default forever.' -rfka 'forever'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" poster' -l 'poster' -d 'PNG to which one picture of the film is written, too.' -rF
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" poster-step' -l 'poster-step' -d 'Step that the poster and an MP4\'s cover show; default the film\'s last picture.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" captions' -l 'captions' -d 'WebVTT file to which what happens, and when, is written, too; embed uses the one of a film\'s name.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'vtt\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" overwrite' -l 'overwrite' -d 'Replace existing outputs; otherwise they are refused before work starts.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" reproducible' -l 'reproducible' -d 'The same bytes on every run: one encoder thread, no timestamps.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" title' -l 'title' -d 'Title that the file carries.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" author' -l 'author' -d 'Who made it, as the file says.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" licence license' -l 'licence' -l 'license' -d 'Under which terms it may be used, as the file says: "CC BY 4.0".' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" no-provenance' -l 'no-provenance' -d 'Leave command line, names and hashes out of the file, for a blind review.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" threads' -l 'threads' -d 'Threads that work; default one a core. (1...256)' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" progress' -l 'progress' -d 'Progress on standard error; auto shows it on a terminal only.' -rfka 'auto plain json none'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" quiet' -l 'quiet' -d 'No progress, no notes and no word of what was written; errors only.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" verbose' -l 'verbose' -d 'Say what is done, and what libav says.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" dry-run' -l 'dry-run' -d 'Print the resolved timeline, size, frames, duration and memory, and write nothing.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" version' -l 'version' -d 'Show the version.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render render" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_positional "gnca-render train" -eq 1' -F
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" o output' -l 'output' -s 'o' -d 'The model to write (.ckpt).' -rF
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" from' -l 'from' -d 'Begin with the weights and settings of this model, in place of random weights.' -rF
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" size' -l 'size' -d 'Longest side of the target\'s picture, in cells; with a decoder in pixels; default 40 cells.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" padding' -l 'padding' -d 'Empty cells around the target\'s picture; default 16, with the recipe article 0.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" resampling' -l 'resampling' -d 'How a target\'s cells are made: area takes the mean of the pixels, nearest one of them; default area.' -rfka 'area nearest'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" font' -l 'font' -d 'The target is a text, and this its font: a family and its style, as "Noto Serif Bold".' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" key' -l 'key' -d 'Make this colour of the target\'s picture transparent: a name as CSS has it, #RGB or #RRGGBB.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" regime' -l 'regime' -d 'What the model learns; default regenerating.' -rfka 'growing persistent regenerating temporal perpetual'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" recipe' -l 'recipe' -d 'Which hyper-parameters are the defaults; default sharp, which is ours, with --time below 5m quick. What follows are sharp\'s.' -rfka 'sharp quick distill article'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" iterations' -l 'iterations' -d 'Iterations; default 5000, with --recipe quick 7500 unless temporal, distill 8000. (1...10000000)' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" until' -l 'until' -d 'End before that where the picture is this good after 200 steps and still at step 2,000: box PSNR, as 40dB (docs/training.md); default none.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" grow-first' -l 'grow-first' -d 'Share of the training in which every run begins with the seed; default 0, with --time below 3m 1.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" channels' -l 'channels' -d 'Numbers a cell; default 16.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" hidden' -l 'hidden' -d 'Units of every hidden layer, one number or several; default 256, with other recipes 128.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" rule' -l 'rule' -d 'Settings of the rule, named as with --dialect: filters=, activation=, clamp=, picture= and others.' -rfka '(__gnca-render_custom_completion ---completion train -- --rule (count (__gnca-render_tokens -pc)) (__gnca-render_tokens -tC))'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" decoder' -l 'decoder' -d 'Draw so many pixels along the side of every cell by a small network that is learned, too, its layers as in 4:32:32; --size then counts pixels (docs/training.md#large-pictures); default none.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" learn-filters' -l 'learn-filters' -d 'Learn the filters of perception, too, one set for every channel.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" fire-rate' -l 'fire-rate' -d 'Probability that a cell updates in a step, 0...1; default 0.5.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" life-mask' -l 'life-mask' -d 'When in a step life is tested; default before+after.' -rfka 'before+after before after none'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" life-threshold' -l 'life-threshold' -d 'Alpha above which a cell is alive; default 0.1.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" edges' -l 'edges' -d 'What lies outside the grid; default zero.' -rfka 'zero torus'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" batch' -l 'batch' -d 'States in an iteration; default 3, temporal 4, with --recipe quick 2, distill 8.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" pool' -l 'pool' -d 'States in the pool; default 128, temporal 256, with --recipe quick 64, distill 1024.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" reseed' -l 'reseed' -d 'Which state of a batch becomes the seed; default worst.' -rfka 'worst first'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" steps' -l 'steps' -d 'Steps of an iteration; default 64-95.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" warm-up-steps' -l 'warm-up-steps' -d 'Steps of the first iterations; default as --steps.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" warm-up-iterations' -l 'warm-up-iterations' -d 'How many iterations take --warm-up-steps; default 0.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" optimiser' -l 'optimiser' -d 'What changes the weights: adam, or muon, whose orthogonal momentum changes the layers\' matrices (Adam all else); default muon, with --recipe distill adam.' -rfka 'adam muon'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" learning-rate' -l 'learning-rate' -d 'Learning rate; default 0.03, with --recipe distill 0.002.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" schedule' -l 'schedule' -d 'How the learning rate changes: as half a wave of the cosine, to nothing, or in steps, at each of --decay-at; default cosine, with --recipe distill steps.' -rfka 'steps cosine'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" rate-warm-up' -l 'rate-warm-up' -d 'In how many iterations the learning rate rises at the beginning; default a fiftieth of all, with --schedule steps 0.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" decay-factor' -l 'decay-factor' -d 'What the learning rate is multiplied by at each of --decay-at; default 0.1.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" decay-at' -l 'decay-at' -d 'Numbers of iterations after which the learning rate falls; with --recipe distill 5500,7300 of 8000.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" momentum' -l 'momentum' -d 'How much of muon\'s momentum an iteration leaves; default 0.95.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" adam-rate' -l 'adam-rate' -d 'Learning rate of what muon leaves to Adam, biases and learned filters; default 0.002.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" beta1' -l 'beta1' -d 'Adam\'s decay of the mean; default 0.9.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" beta2' -l 'beta2' -d 'Adam\'s decay of the mean square; default 0.999.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" epsilon' -l 'epsilon' -d 'Adam\'s epsilon; default 1e-7.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" loss' -l 'loss' -d 'What of a state\'s error is made small: the mean square, or its log, by which the last decibel of a good state counts as much as the first of a bad one; default log, with --recipe distill mean.' -rfka 'mean log'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" loss-floor' -l 'loss-floor' -d 'Box PSNR above which --loss log asks for little more of a state, at the beginning and at the end of the training; default 15-45.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" gradient' -l 'gradient' -d 'What the optimiser takes of a gradient: each tensor divided by its norm, all of them clipped to --clip-norm, or the plain one; default normalised.' -rfka 'normalised clipped plain'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" clip-norm' -l 'clip-norm' -d 'Largest norm of a clipped gradient; default 1.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" damaged' -l 'damaged' -d 'States of a batch that are damaged; default two of three, temporal three of four, with other recipes half of them.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" ongoing-damage' -l 'ongoing-damage' -d 'Share of the damaged states that are damaged on and on while they heal, the others once before; default 0.5, temporal 0.67, with --recipe distill 0 and 0.67.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" settle' -l 'settle' -d 'Share of the training, at its end, in which some states of the pool are left in peace and grow old; default 0.5 with --regime regenerating, else and with --recipe distill and article 0.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" damage-shapes' -l 'damage-shapes' -d 'Shapes of damage: circle, half, rect; default circle,half.' -rfka '(__gnca-render_custom_completion ---completion train -- --damage-shapes (count (__gnca-render_tokens -pc)) (__gnca-render_tokens -tC))'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" death-rate' -l 'death-rate' -d 'Probability that a cell dies in a step, from the least to the most; default 0.0001-0.01.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" random-seed' -l 'random-seed' -d 'Seed of the random numbers; default 0. (0...4294967295)' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" title' -l 'title' -d 'Title that the file carries.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" author' -l 'author' -d 'Who made it, as the file says.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" licence license' -l 'licence' -l 'license' -d 'Under which terms it may be used, as the file says: "CC BY 4.0".' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" no-provenance' -l 'no-provenance' -d 'Leave command line, names and hashes out of the file, for a blind review.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" threads' -l 'threads' -d 'Threads that work; default one a core. (1...256)' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" progress' -l 'progress' -d 'Progress on standard error; auto shows it on a terminal only.' -rfka 'auto plain json none'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" time' -l 'time' -d 'How long to train, as 60s, 10m or 1h30m, in place of --iterations; the schedule is stretched to it.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" resume' -l 'resume' -d 'Go on from the state of an earlier run, or from the one that was kept beside a model; --iterations and --time may say how far in all.' -rF
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" checkpoint-every' -l 'checkpoint-every' -d 'Iterations from one writing of the state to the next. (1...1000000000; default: 500)' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" keep-state' -l 'keep-state' -d 'Keep the last state beside the model, MODEL.ckpt.state: --resume MODEL.ckpt --iterations N goes on then.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" log' -l 'log' -d 'Log of the training: iteration, loss and PSNR, as CSV, or JSON lines (.jsonl).' -rF
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" loss-curve' -l 'loss-curve' -d 'Figure of the loss over the iterations to write, too (.png, .svg, .pdf).' -rF
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" film' -l 'film' -d 'Folder for films of the training: pool.mp4, batches.mp4 and train_steps.mp4.' -rfa '(__gnca-render_complete_directories)'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" film-scale' -l 'film-scale' -d 'Pixels of one cell in the films of the training; default 4, 1 is the published size. (1...16)' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" quiet' -l 'quiet' -d 'No progress, no notes and no word of what was written; errors only.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" overwrite' -l 'overwrite' -d 'Replace existing outputs.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" version' -l 'version' -d 'Show the version.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render train" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_positional "gnca-render figure" -eq 1' -fka 'strip channels rotation recovery compare filters mask quality atlas rates curves portrait lineage loss architecture'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_positional "gnca-render figure" -ge 2' -F
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure"' -s 'o' -l 'output' -d 'Output, repeatable: .png, .svg or .pdf.' -rF
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure"' -l 'data' -d 'The figure\'s numbers, repeatable: .csv (curves, portrait, lineage), .json (atlas, lineage) or .npz (atlas).' -rF
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" dialect' -l 'dialect' -d 'Conventions of models that do not tell theirs: order=, scale=, negate=, exchange=, alpha=, life=, threshold=, padding=, seed=, fire=, gain=, filters=, activation=, ... (docs/checkpoints.md), or guess.' -rfka '(__gnca-render_custom_completion ---completion figure -- --dialect (count (__gnca-render_tokens -pc)) (__gnca-render_tokens -tC))'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" tensors' -l 'tensors' -d 'Beginning of the tensors\' names that counts, where a file holds several copies of a model.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" entry' -l 'entry' -d 'Which model of a collection to take; FILE#NAME does the same.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" control' -l 'control' -d 'Goal of a goal-guided model: its number, from 0 on, or the numbers of its control vector.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" step' -l 'step' -d 'The step that a still shows, or after which recovery cuts.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" steps' -l 'steps' -d 'Steps to show, as 0,20,40; for recovery those after the cut; for rotation, rates, curves and atlas how many.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" scenario' -l 'scenario' -d 'What happens in the runs of curves and portrait: grow, persist, regen, rain, rotate, or a timeline file (.yaml); default regen.' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" trials' -l 'trials' -d 'Runs of each model, each with the next random seed, or trials of an atlas at every place; default 20, for portrait 8. (1...10000)' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" grid' -l 'grid' -d 'Size of the grid in cells; default the model\'s own, else 72x72.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure"' -l 'damage' -d 'Damage of a row, repeatable: circle:X,Y,R, rect:X,Y,W,H, half:left, random:N, erase:FILE.png.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" angle' -l 'angle' -d 'How far what cells perceive is turned; rotation takes several, as 0,45,90.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" fire-rate' -l 'fire-rate' -d 'Probability that a cell updates in a step, 0...1; rates takes several, as 0.5,1.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" random-seed' -l 'random-seed' -d 'Seed of the random numbers: which cells fire, and random damage; default 0. (0...4294967295)' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure"' -l 'target' -d 'What quality, atlas, rates and curves compare with: a picture, an emoji, or a text; for quality also one a model.' -rF
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" radii' -l 'radii' -d 'Radii of the cuts of an atlas, in cells, a map each; default 4,8,12.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" moments' -l 'moments' -d 'Steps after which an atlas cuts, a row of maps each; default 50,150.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" stride' -l 'stride' -d 'Cells from one place of an atlas to the next: 1 cuts at every cell, 4 makes a quick map; default 2.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" full-trials' -l 'full-trials' -d 'Run every trial of an atlas to its end, though it seems to be decided before.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" channels' -l 'channels' -d 'Channels to show, counted from 0, as 3,4,5.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" size' -l 'size' -d 'Longest side of the target\'s picture, in cells; with a decoder in pixels; default 40 cells.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" padding' -l 'padding' -d 'Empty cells around the target\'s picture; default 16, with the recipe article 0.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" resampling' -l 'resampling' -d 'How a target\'s cells are made: area takes the mean of the pixels, nearest one of them; default area.' -rfka 'area nearest'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" font' -l 'font' -d 'The target is a text, and this its font: a family and its style, as "Noto Serif Bold".' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" key' -l 'key' -d 'Make this colour of the target\'s picture transparent: a name as CSS has it, #RGB or #RRGGBB.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" width' -l 'width' -d 'Width of the page: 8.5cm, or 900px.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" scale' -l 'scale' -d 'Pixels of one cell, in the place of --width. (1...256)' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" dpi' -l 'dpi' -d 'Pixels an inch that a PNG has at least, where --width is in cm; default 300. (10...4800)' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" font-size' -l 'font-size' -d 'Size of the text: points where --width is in cm (default 8), else pixels. (1...400)' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" gap' -l 'gap' -d 'Space between panels, in cells. (0...1000)' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" columns' -l 'columns' -d 'Panels in a row.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure"' -l 'caption' -d 'A caption in the place of the figure\'s own, repeatable: one a step, model, channel, and so on.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" no-captions' -l 'no-captions' -d 'No captions, legends and hairlines: cells only.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" theme' -l 'theme' -d 'Colours around the cells.' -rfka 'light dark'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" background' -l 'background' -d 'What is behind the cells: white, black, transparent, a colour\'s name as CSS has it, #RGB or #RRGGBB; default the theme\'s page.' -rfka 'white black transparent'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" title' -l 'title' -d 'Title that the file carries.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" author' -l 'author' -d 'Who made it, as the file says.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" licence license' -l 'licence' -l 'license' -d 'Under which terms it may be used, as the file says: "CC BY 4.0".' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" no-provenance' -l 'no-provenance' -d 'Leave command line, names and hashes out of the file, for a blind review.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" threads' -l 'threads' -d 'Threads that work; default one a core. (1...256)' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" progress' -l 'progress' -d 'Progress on standard error; auto shows it on a terminal only.' -rfka 'auto plain json none'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" overwrite' -l 'overwrite' -d 'Replace existing outputs; otherwise they are refused before work starts.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" quiet' -l 'quiet' -d 'No progress, no notes and no word of what was written; errors only.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" version' -l 'version' -d 'Show the version.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render figure" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_positional "gnca-render batch" -eq 1' -fa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render batch"' -l 'set' -d 'Value of a variable of the file, repeatable.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render batch"' -l 'root' -d 'Folder outside of which nothing is read or written, repeatable; default the file\'s own.' -rfa '(__gnca-render_complete_directories)'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render batch" jobs' -l 'jobs' -d 'Jobs at a time; default one a core. (1...1024)' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render batch" only' -l 'only' -d 'Only jobs whose name or output matches, and what they need.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render batch" shard' -l 'shard' -d 'Only part I of N, 1/N to N/N; auto asks Slurm, auto/N also Kubernetes, which part this is.' -rfka 'auto'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render batch" force' -l 'force' -d 'Make all jobs again.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render batch" overwrite' -l 'overwrite' -d 'Replace outputs that no batch has made; otherwise such a job fails.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render batch" keep-going' -l 'keep-going' -d 'Go on after a job has failed.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render batch" list' -l 'list' -d 'List the jobs and what has to be made, and make nothing.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render batch" dry-run' -l 'dry-run' -d 'Print the command lines of what has to be made, as a shell takes them, and make nothing.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render batch" json' -l 'json' -d 'One JSON line a job on standard output, with --list or as each job ends.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render batch" schema' -l 'schema' -d 'Print the JSON Schema of the file, for editors.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render batch" progress' -l 'progress' -d 'Progress on standard error; auto shows it on a terminal only.' -rfka 'auto plain json none'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render batch" quiet' -l 'quiet' -d 'No progress and no summary; errors only.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render batch" version' -l 'version' -d 'Show the version.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render batch" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_positional "gnca-render page" -ge 1' -F
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page" o output' -l 'output' -s 'o' -d 'The page to write (.html).' -rF
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page" dialect' -l 'dialect' -d 'Conventions of models that do not tell theirs: order=, scale=, negate=, exchange=, alpha=, life=, threshold=, padding=, seed=, fire=, gain=, filters=, activation=, ... (docs/checkpoints.md), or guess.' -rfka '(__gnca-render_custom_completion ---completion page -- --dialect (count (__gnca-render_tokens -pc)) (__gnca-render_tokens -tC))'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page" tensors' -l 'tensors' -d 'Beginning of the tensors\' names that counts, where a file holds several copies of a model.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page" entry' -l 'entry' -d 'Which model of a collection to take; FILE#NAME does the same.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page" control' -l 'control' -d 'Goal of a goal-guided model: its number, from 0 on, or the numbers of its control vector.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page" scenario' -l 'scenario' -d 'A show that the page opens with, and that its reader may interrupt: grow, persist, regen, rain, rotate, or a timeline file (.yaml); default none.' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page" grid' -l 'grid' -d 'Size of the grid in cells; default the model\'s own, else 72x72.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page"' -l 'start' -d 'Cell where a seed stands, repeatable; default the centre.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page" fire-rate' -l 'fire-rate' -d 'Probability that a cell updates in a step, 0...1; default the model\'s own.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page" angle' -l 'angle' -d 'How far what cells perceive is turned; default 0, may be negative.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page" random-seed' -l 'random-seed' -d 'Seed of the random numbers; default the scenario\'s own, else 0. (0...4294967295)' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page" speed' -l 'speed' -d 'Steps a second until the reader chooses otherwise. (1...480; default: 60)' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page" edges' -l 'edges' -d 'What lies outside the grid; default the model\'s own.' -rfka 'zero torus'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page"' -l 'caption' -d 'What a model is called on the page, repeatable: one a model; default its file\'s name.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page" lead' -l 'lead' -d 'A line below the title.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page" alt' -l 'alt' -d 'Words for those who cannot see the picture.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page" target' -l 'target' -d 'What the models should grow, a file, an emoji or a text: the page tells how far they are from it.' -rF
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page" theme' -l 'theme' -d 'Colours of the page; default what its reader\'s system prefers.' -rfka 'light dark'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page" poster-step' -l 'poster-step' -d 'Steps after which the still is taken that stands there until the page runs. (0...100000; default: 200)' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page" bare' -l 'bare' -d 'The picture alone, for a frame in another page; a button brings the controls.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page" size' -l 'size' -d 'Longest side of the target\'s picture, in cells; with a decoder in pixels; default 40 cells.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page" padding' -l 'padding' -d 'Empty cells around the target\'s picture; default 16, with the recipe article 0.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page" resampling' -l 'resampling' -d 'How a target\'s cells are made: area takes the mean of the pixels, nearest one of them; default area.' -rfka 'area nearest'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page" font' -l 'font' -d 'The target is a text, and this its font: a family and its style, as "Noto Serif Bold".' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page" key' -l 'key' -d 'Make this colour of the target\'s picture transparent: a name as CSS has it, #RGB or #RRGGBB.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page" title' -l 'title' -d 'Title that the file carries.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page" author' -l 'author' -d 'Who made it, as the file says.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page" licence license' -l 'licence' -l 'license' -d 'Under which terms it may be used, as the file says: "CC BY 4.0".' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page" no-provenance' -l 'no-provenance' -d 'Leave command line, names and hashes out of the file, for a blind review.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page" compact' -l 'compact' -d 'Weights of 8 bits in place of exact ones: a model of 14 KB, and a run of its own.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page" overwrite' -l 'overwrite' -d 'Replace the output where it exists.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page" quiet' -l 'quiet' -d 'No progress, no notes and no word of what was written; errors only.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page" version' -l 'version' -d 'Show the version.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render page" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_positional "gnca-render embed" -ge 1' -F
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render embed" o output' -l 'output' -s 'o' -d 'The snippet to write: .html, .htm, .md, .markdown, .tex.' -rF
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render embed" poster' -l 'poster' -d 'The still to show until the film plays.' -rF
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render embed" caption' -l 'caption' -d 'Text under the film.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render embed" alt' -l 'alt' -d 'Words for those who cannot see the film; default the caption, else the film\'s name.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render embed" label' -l 'label' -d 'LaTeX\'s label, as fig:turtle.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render embed" url' -l 'url' -d 'Where the films will be found, in place of their folder relative to the snippet.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render embed" fps' -l 'fps' -d 'Frames a second of numbered PNGs; default 30. (1...240)' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render embed" inline' -l 'inline' -d 'One self-contained HTML page, film and poster inside.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render embed" controls' -l 'controls' -d 'Give the reader buttons.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render embed" overwrite' -l 'overwrite' -d 'Replace existing outputs.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render embed" quiet' -l 'quiet' -d 'No progress, no notes and no word of what was written; errors only.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render embed" version' -l 'version' -d 'Show the version.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render embed" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_positional "gnca-render evaluate" -ge 1' -F
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render evaluate" target' -l 'target' -d 'The picture that the models should grow: a file, an emoji, or a text.' -rF
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render evaluate" o output' -l 'output' -s 'o' -d 'Write the scores in place of printing them (.csv, .json).' -rF
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render evaluate" dialect' -l 'dialect' -d 'Conventions of models that do not tell theirs: order=, scale=, negate=, exchange=, alpha=, life=, threshold=, padding=, seed=, fire=, gain=, filters=, activation=, ... (docs/checkpoints.md), or guess.' -rfka '(__gnca-render_custom_completion ---completion evaluate -- --dialect (count (__gnca-render_tokens -pc)) (__gnca-render_tokens -tC))'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render evaluate" tensors' -l 'tensors' -d 'Beginning of the tensors\' names that counts, where a file holds several copies of a model.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render evaluate" entry' -l 'entry' -d 'Which model of a collection to take; FILE#NAME does the same.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render evaluate" control' -l 'control' -d 'Goal of a goal-guided model: its number, from 0 on, or the numbers of its control vector.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render evaluate" size' -l 'size' -d 'Longest side of the target\'s picture, in cells; with a decoder in pixels; default 40 cells.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render evaluate" padding' -l 'padding' -d 'Empty cells around the target\'s picture; default 16, with the recipe article 0.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render evaluate" resampling' -l 'resampling' -d 'How a target\'s cells are made: area takes the mean of the pixels, nearest one of them; default area.' -rfka 'area nearest'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render evaluate" font' -l 'font' -d 'The target is a text, and this its font: a family and its style, as "Noto Serif Bold".' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render evaluate" key' -l 'key' -d 'Make this colour of the target\'s picture transparent: a name as CSS has it, #RGB or #RRGGBB.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render evaluate" threads' -l 'threads' -d 'Threads that work; default one a core. (1...256)' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render evaluate" progress' -l 'progress' -d 'Progress on standard error; auto shows it on a terminal only.' -rfka 'auto plain json none'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render evaluate" quiet' -l 'quiet' -d 'No progress, no notes and no word of what was written; errors only.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render evaluate" trials' -l 'trials' -d 'Runs without damage, and with each kind of damage. (1...100000; default: 100)' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render evaluate" random-seed' -l 'random-seed' -d 'Seed of the random numbers. (0...4294967295; default: 0)' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render evaluate" endurance' -l 'endurance' -d 'Also five swipes across the grid, and the death rate that half of the runs bear: several times as long.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render evaluate" json' -l 'json' -d 'Print JSON.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render evaluate" csv' -l 'csv' -d 'Print CSV: a line a model and step, and a line a model and kind of damage.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render evaluate" overwrite' -l 'overwrite' -d 'Replace the output where it exists.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render evaluate" version' -l 'version' -d 'Show the version.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render evaluate" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_positional "gnca-render inspect" -ge 1' -F
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render inspect" dialect' -l 'dialect' -d 'Conventions of models that do not tell theirs: order=, scale=, negate=, exchange=, alpha=, life=, threshold=, padding=, seed=, fire=, gain=, filters=, activation=, ... (docs/checkpoints.md), or guess.' -rfka '(__gnca-render_custom_completion ---completion inspect -- --dialect (count (__gnca-render_tokens -pc)) (__gnca-render_tokens -tC))'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render inspect" tensors' -l 'tensors' -d 'Beginning of the tensors\' names that counts, where a file holds several copies of a model.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render inspect" entry' -l 'entry' -d 'Which model of a collection to take; FILE#NAME does the same.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render inspect" control' -l 'control' -d 'Goal of a goal-guided model: its number, from 0 on, or the numbers of its control vector.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render inspect" json' -l 'json' -d 'Print one JSON object a file, each in a line of its own.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render inspect" quiet' -l 'quiet' -d 'Print nothing but what --json asks for: the exit code tells whether all files can be read.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render inspect" version' -l 'version' -d 'Show the version.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render inspect" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_positional "gnca-render convert" -eq 1' -F
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render convert" o output' -l 'output' -s 'o' -d 'The file to write; its extension picks the format (.ckpt, .json, .safetensors, .npz).' -rF
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render convert" format' -l 'format' -d 'The format to write; default what the extension of --output picks.' -rfka 'ckpt distill-json safetensors npz'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render convert" dialect' -l 'dialect' -d 'Conventions of models that do not tell theirs: order=, scale=, negate=, exchange=, alpha=, life=, threshold=, padding=, seed=, fire=, gain=, filters=, activation=, ... (docs/checkpoints.md), or guess.' -rfka '(__gnca-render_custom_completion ---completion convert -- --dialect (count (__gnca-render_tokens -pc)) (__gnca-render_tokens -tC))'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render convert" tensors' -l 'tensors' -d 'Beginning of the tensors\' names that counts, where a file holds several copies of a model.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render convert" entry' -l 'entry' -d 'Which model of a collection to take; FILE#NAME does the same.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render convert" control' -l 'control' -d 'Goal of a goal-guided model: its number, from 0 on, or the numbers of its control vector.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render convert" title' -l 'title' -d 'Title that the file carries.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render convert" author' -l 'author' -d 'Who made it, as the file says.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render convert" licence license' -l 'licence' -l 'license' -d 'Under which terms it may be used, as the file says: "CC BY 4.0".' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render convert" no-provenance' -l 'no-provenance' -d 'Leave command line, names and hashes out of the file, for a blind review.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render convert" overwrite' -l 'overwrite' -d 'Replace the output where it exists.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render convert" quiet' -l 'quiet' -d 'No progress, no notes and no word of what was written; errors only.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render convert" version' -l 'version' -d 'Show the version.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render convert" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_positional "gnca-render target" -eq 1' -F
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render target" o output' -l 'output' -s 'o' -d 'The PNG to write.' -rF
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render target" size' -l 'size' -d 'Longest side of the target\'s picture, in cells; with a decoder in pixels; default 40 cells.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render target" padding' -l 'padding' -d 'Empty cells around the target\'s picture; default 16, with the recipe article 0.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render target" resampling' -l 'resampling' -d 'How a target\'s cells are made: area takes the mean of the pixels, nearest one of them; default area.' -rfka 'area nearest'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render target" font' -l 'font' -d 'The target is a text, and this its font: a family and its style, as "Noto Serif Bold".' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render target" key' -l 'key' -d 'Make this colour of the target\'s picture transparent: a name as CSS has it, #RGB or #RRGGBB.' -rfka ''
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render target" overwrite' -l 'overwrite' -d 'Replace the output where it exists.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render target" quiet' -l 'quiet' -d 'No progress, no notes and no word of what was written; errors only.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render target" version' -l 'version' -d 'Show the version.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render target" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render list" json' -l 'json' -d 'Print JSON.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render list" version' -l 'version' -d 'Show the version.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render version" version' -l 'version' -d 'Show the version.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render version" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for_flags_or_options "gnca-render help" version' -l 'version' -d 'Show the version.'
