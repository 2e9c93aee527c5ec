__gnca-render_cursor_index_in_current_word() {
    local remaining="${COMP_LINE}"

    local word
    for word in "${COMP_WORDS[@]::COMP_CWORD}"; do
        remaining="${remaining##*([[:space:]])"${word}"*([[:space:]])}"
    done

    local -ir index="$((COMP_POINT - ${#COMP_LINE} + ${#remaining}))"
    if [[ "${index}" -le 0 ]]; then
        printf 0
    else
        printf %s "${index}"
    fi
}

# positional arguments:
#
# - 1: the current (sub)command's count of positional arguments
#
# required variables:
#
# - repeating_flags: the repeating flags that the current (sub)command can accept
# - non_repeating_flags: the non-repeating flags that the current (sub)command can accept
# - repeating_options: the repeating options that the current (sub)command can accept
# - non_repeating_options: the non-repeating options that the current (sub)command can accept
# - positional_number: value ignored
# - unparsed_words: unparsed words from the current command line
#
# modified variables:
#
# - non_repeating_flags: remove flags for this (sub)command that are already on the command line
# - non_repeating_options: remove options for this (sub)command that are already on the command line
# - positional_number: set to the current positional number
# - unparsed_words: remove all flags, options, and option values for this (sub)command
__gnca-render_offer_flags_options() {
    local -ir positional_count="${1}"
    positional_number=0

    local was_flag_option_terminator_seen=false
    local is_parsing_option_value=false

    local -ar unparsed_word_indices=("${!unparsed_words[@]}")
    local -i word_index
    for word_index in "${unparsed_word_indices[@]}"; do
        if "${is_parsing_option_value}"; then
            # This word is an option value:
            # Reset marker for next word iff not currently the last word
            [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]] && is_parsing_option_value=false
            unset "unparsed_words[${word_index}]"
            # Do not process this word as a flag or an option
            continue
        fi

        local word="${unparsed_words["${word_index}"]}"
        if ! "${was_flag_option_terminator_seen}"; then
            case "${word}" in
            --)
                unset "unparsed_words[${word_index}]"
                # by itself -- is a flag/option terminator, but if it is the last word, it is the start of a completion
                if [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]]; then
                    was_flag_option_terminator_seen=true
                fi
                continue
                ;;
            -*)
                # ${word} is a flag or an option
                # If ${word} is an option, mark that the next word to be parsed is an option value
                local option
                for option in "${repeating_options[@]}" "${non_repeating_options[@]}"; do
                    [[ "${word}" = "${option}" ]] && is_parsing_option_value=true && break
                done

                # Remove ${word} from ${non_repeating_flags} or ${non_repeating_options} so it isn't offered again
                local not_found=true
                local -i index
                for index in "${!non_repeating_flags[@]}"; do
                    if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                        unset "non_repeating_flags[${index}]"
                        non_repeating_flags=("${non_repeating_flags[@]}")
                        not_found=false
                        break
                    fi
                done
                if "${not_found}"; then
                    for index in "${!non_repeating_flags[@]}"; do
                        if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                            unset "non_repeating_flags[${index}]"
                            non_repeating_flags=("${non_repeating_flags[@]}")
                            break
                        fi
                    done
                fi
                unset "unparsed_words[${word_index}]"
                continue
                ;;
            esac
        fi

        # ${word} is neither a flag, nor an option, nor an option value
        if [[ "${positional_number}" -lt "${positional_count}" || "${positional_count}" -lt 0 ]]; then
            # ${word} is a positional
            ((positional_number++))
            unset "unparsed_words[${word_index}]"
        else
            if [[ -z "${word}" ]]; then
                # Could be completing a flag, option, or subcommand
                positional_number=-1
            else
                # ${word} is a subcommand or invalid, so stop processing this (sub)command
                positional_number=-2
            fi
            break
        fi
    done

    unparsed_words=("${unparsed_words[@]}")

    if\
        ! "${was_flag_option_terminator_seen}"\
        && ! "${is_parsing_option_value}"\
        && [[ ("${cur}" = -* && "${positional_number}" -ge 0) || "${positional_number}" -eq -1 ]]
    then
        COMPREPLY+=($(compgen -W "${repeating_flags[*]} ${non_repeating_flags[*]} ${repeating_options[*]} ${non_repeating_options[*]}" -- "${cur}"))
    fi
}

__gnca-render_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__gnca-render_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_gnca-render() {
    local state
    state="$(shopt -p;shopt -po)"
    trap "${state//$'\n'/;}" RETURN
    shopt -s extglob
    set +o history +o posix

    local -xr SAP_SHELL=bash
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(IFS='.';printf %s "${BASH_VERSINFO[*]}")"
    local -r SAP_SHELL_VERSION

    local -r cur="${2}"
    local -r prev="${3}"

    local -i positional_number
    local -a unparsed_words=("${COMP_WORDS[@]:1:${COMP_CWORD}}")

    # Words that begin with no subcommand are those of render
    if [[ "${COMP_CWORD}" -eq 1 || ! "${COMP_WORDS[1]}" =~ ^(render|train|figure|batch|page|embed|evaluate|inspect|info|convert|target|list|version|help)$ ]]; then
        local -a repeating_flags non_repeating_flags repeating_options non_repeating_options
        [[ "${COMP_CWORD}" -eq 1 ]] && __gnca-render_add_completions -W 'render'$'\n''train'$'\n''figure'$'\n''batch'$'\n''page'$'\n''embed'$'\n''evaluate'$'\n''inspect'$'\n''info'$'\n''convert'$'\n''target'$'\n''list'$'\n''version'$'\n''help'
        _gnca-render_render
        return
    fi
    [[ "${unparsed_words[0]}" = info ]] && unparsed_words[0]=inspect

    local -a repeating_flags=()
    local -a non_repeating_flags=(--version -h --help)
    local -a repeating_options=()
    local -a non_repeating_options=()
    __gnca-render_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    render|train|figure|batch|page|embed|evaluate|inspect|convert|target|list|version|help)
        # Offer subcommand argument completions
        "_gnca-render_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'render train figure batch page embed evaluate inspect convert target list version help' -- "${cur}"))
        ;;
    esac
}

_gnca-render_render() {
    repeating_flags=()
    non_repeating_flags=(--no-captions --no-seed-mark --fit --compare --overwrite --reproducible --no-provenance --quiet --verbose --dry-run --version -h --help)
    repeating_options=(--start --damage --caption -o --output --encoder-option --for)
    non_repeating_options=(--dialect --tensors --entry --control --scenario --steps --speed --duration --steps-per-frame --hold --fade --grid --fire-rate --angle --random-seed --random-seeds --padding --on-blowup --overlay --layout --columns --trained-steps --theme --scale --size --aspect --background --target --target-size --perception-channels --format --fps --codec --quality --preset --pixel-format --max-size --keyframes --loop --poster --poster-step --captions --title --author --licence --license --threads --progress)
    __gnca-render_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--dialect')
        __gnca-render_add_completions -W "$(__gnca-render_custom_complete ---completion render -- --dialect "${COMP_CWORD}" "$(__gnca-render_cursor_index_in_current_word)")"
        return
        ;;
    '--tensors')
        return
        ;;
    '--entry')
        return
        ;;
    '--control')
        return
        ;;
    '--scenario')
        __gnca-render_add_completions -W 'grow'$'\n''persist'$'\n''regen'$'\n''rain'$'\n''rotate'
        __gnca-render_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--steps')
        return
        ;;
    '--speed')
        return
        ;;
    '--duration')
        return
        ;;
    '--steps-per-frame')
        return
        ;;
    '--hold')
        return
        ;;
    '--fade')
        return
        ;;
    '--grid')
        return
        ;;
    '--start')
        return
        ;;
    '--fire-rate')
        return
        ;;
    '--angle')
        return
        ;;
    '--damage')
        return
        ;;
    '--random-seed')
        return
        ;;
    '--random-seeds')
        return
        ;;
    '--padding')
        __gnca-render_add_completions -W 'zero'$'\n''torus'
        return
        ;;
    '--on-blowup')
        __gnca-render_add_completions -W 'stop'$'\n''hold'
        return
        ;;
    '--overlay')
        __gnca-render_add_completions -W "$(__gnca-render_custom_complete ---completion render -- --overlay "${COMP_CWORD}" "$(__gnca-render_cursor_index_in_current_word)")"
        return
        ;;
    '--layout')
        __gnca-render_add_completions -W 'side'$'\n''below'$'\n''over'$'\n''grid'
        return
        ;;
    '--caption')
        return
        ;;
    '--columns')
        return
        ;;
    '--trained-steps')
        return
        ;;
    '--theme')
        __gnca-render_add_completions -W 'light'$'\n''dark'
        return
        ;;
    '--scale')
        return
        ;;
    '--size')
        return
        ;;
    '--aspect')
        return
        ;;
    '--background')
        __gnca-render_add_completions -W 'white'$'\n''black'$'\n''checker'$'\n''transparent'
        return
        ;;
    '--target')
        __gnca-render_add_completions -f
        return
        ;;
    '--target-size')
        return
        ;;
    '--perception-channels')
        return
        ;;
    '-o'|'--output')
        __gnca-render_add_completions -f
        return
        ;;
    '--format')
        __gnca-render_add_completions -W 'mp4'$'\n''mov'$'\n''mkv'$'\n''webm'$'\n''gif'$'\n''apng'$'\n''webp'$'\n''avif'$'\n''png'$'\n''nut'$'\n''y4m'
        return
        ;;
    '--fps')
        return
        ;;
    '--codec')
        __gnca-render_add_completions -W 'h264'$'\n''h265'$'\n''av1'$'\n''prores'$'\n''vp9'$'\n''ffv1'$'\n''gif'$'\n''webp'$'\n''raw'$'\n''y4m'
        return
        ;;
    '--quality')
        return
        ;;
    '--preset')
        return
        ;;
    '--pixel-format')
        return
        ;;
    '--encoder-option')
        return
        ;;
    '--max-size')
        return
        ;;
    '--for')
        return
        ;;
    '--keyframes')
        return
        ;;
    '--loop')
        __gnca-render_add_completions -W 'forever'
        return
        ;;
    '--poster')
        __gnca-render_add_completions -f
        return
        ;;
    '--poster-step')
        return
        ;;
    '--captions')
        __gnca-render_add_completions -o plusdirs -fX '!*.@(vtt)'
        return
        ;;
    '--title')
        return
        ;;
    '--author')
        return
        ;;
    '--licence'|'--license')
        return
        ;;
    '--threads')
        return
        ;;
    '--progress')
        __gnca-render_add_completions -W 'auto'$'\n''plain'$'\n''json'$'\n''none'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __gnca-render_add_completions -f
        return
        ;;
    esac
}

_gnca-render_train() {
    repeating_flags=()
    non_repeating_flags=(--learn-filters --no-provenance --keep-state --quiet --overwrite --version -h --help)
    repeating_options=()
    non_repeating_options=(--output -o --from --size --padding --resampling --font --key --regime --recipe --iterations --until --grow-first --channels --hidden --rule --decoder --fire-rate --life-mask --life-threshold --edges --batch --pool --reseed --steps --warm-up-steps --warm-up-iterations --optimiser --learning-rate --schedule --rate-warm-up --decay-factor --decay-at --momentum --adam-rate --beta1 --beta2 --epsilon --loss --loss-floor --gradient --clip-norm --damaged --ongoing-damage --settle --damage-shapes --death-rate --random-seed --title --author --licence --license --threads --progress --time --resume --checkpoint-every --log --loss-curve --film --film-scale)
    __gnca-render_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--output'|'-o')
        __gnca-render_add_completions -f
        return
        ;;
    '--from')
        __gnca-render_add_completions -f
        return
        ;;
    '--size')
        return
        ;;
    '--padding')
        return
        ;;
    '--resampling')
        __gnca-render_add_completions -W 'area'$'\n''nearest'
        return
        ;;
    '--font')
        return
        ;;
    '--key')
        return
        ;;
    '--regime')
        __gnca-render_add_completions -W 'growing'$'\n''persistent'$'\n''regenerating'$'\n''temporal'$'\n''perpetual'
        return
        ;;
    '--recipe')
        __gnca-render_add_completions -W 'sharp'$'\n''quick'$'\n''distill'$'\n''article'
        return
        ;;
    '--iterations')
        return
        ;;
    '--until')
        return
        ;;
    '--grow-first')
        return
        ;;
    '--channels')
        return
        ;;
    '--hidden')
        return
        ;;
    '--rule')
        __gnca-render_add_completions -W "$(__gnca-render_custom_complete ---completion train -- --rule "${COMP_CWORD}" "$(__gnca-render_cursor_index_in_current_word)")"
        return
        ;;
    '--decoder')
        return
        ;;
    '--fire-rate')
        return
        ;;
    '--life-mask')
        __gnca-render_add_completions -W 'before+after'$'\n''before'$'\n''after'$'\n''none'
        return
        ;;
    '--life-threshold')
        return
        ;;
    '--edges')
        __gnca-render_add_completions -W 'zero'$'\n''torus'
        return
        ;;
    '--batch')
        return
        ;;
    '--pool')
        return
        ;;
    '--reseed')
        __gnca-render_add_completions -W 'worst'$'\n''first'
        return
        ;;
    '--steps')
        return
        ;;
    '--warm-up-steps')
        return
        ;;
    '--warm-up-iterations')
        return
        ;;
    '--optimiser')
        __gnca-render_add_completions -W 'adam'$'\n''muon'
        return
        ;;
    '--learning-rate')
        return
        ;;
    '--schedule')
        __gnca-render_add_completions -W 'steps'$'\n''cosine'
        return
        ;;
    '--rate-warm-up')
        return
        ;;
    '--decay-factor')
        return
        ;;
    '--decay-at')
        return
        ;;
    '--momentum')
        return
        ;;
    '--adam-rate')
        return
        ;;
    '--beta1')
        return
        ;;
    '--beta2')
        return
        ;;
    '--epsilon')
        return
        ;;
    '--loss')
        __gnca-render_add_completions -W 'mean'$'\n''log'
        return
        ;;
    '--loss-floor')
        return
        ;;
    '--gradient')
        __gnca-render_add_completions -W 'normalised'$'\n''clipped'$'\n''plain'
        return
        ;;
    '--clip-norm')
        return
        ;;
    '--damaged')
        return
        ;;
    '--ongoing-damage')
        return
        ;;
    '--settle')
        return
        ;;
    '--damage-shapes')
        __gnca-render_add_completions -W "$(__gnca-render_custom_complete ---completion train -- --damage-shapes "${COMP_CWORD}" "$(__gnca-render_cursor_index_in_current_word)")"
        return
        ;;
    '--death-rate')
        return
        ;;
    '--random-seed')
        return
        ;;
    '--title')
        return
        ;;
    '--author')
        return
        ;;
    '--licence'|'--license')
        return
        ;;
    '--threads')
        return
        ;;
    '--progress')
        __gnca-render_add_completions -W 'auto'$'\n''plain'$'\n''json'$'\n''none'
        return
        ;;
    '--time')
        return
        ;;
    '--resume')
        __gnca-render_add_completions -f
        return
        ;;
    '--checkpoint-every')
        return
        ;;
    '--log')
        __gnca-render_add_completions -f
        return
        ;;
    '--loss-curve')
        __gnca-render_add_completions -f
        return
        ;;
    '--film')
        __gnca-render_add_completions -d
        return
        ;;
    '--film-scale')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __gnca-render_add_completions -f
        return
        ;;
    esac
}

_gnca-render_figure() {
    repeating_flags=()
    non_repeating_flags=(--full-trials --no-captions --no-provenance --overwrite --quiet --version -h --help)
    repeating_options=(-o --output --data --damage --target --caption)
    non_repeating_options=(--dialect --tensors --entry --control --step --steps --scenario --trials --grid --angle --fire-rate --random-seed --radii --moments --stride --channels --size --padding --resampling --font --key --width --scale --dpi --font-size --gap --columns --theme --background --title --author --licence --license --threads --progress)
    __gnca-render_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '-o'|'--output')
        __gnca-render_add_completions -f
        return
        ;;
    '--data')
        __gnca-render_add_completions -f
        return
        ;;
    '--dialect')
        __gnca-render_add_completions -W "$(__gnca-render_custom_complete ---completion figure -- --dialect "${COMP_CWORD}" "$(__gnca-render_cursor_index_in_current_word)")"
        return
        ;;
    '--tensors')
        return
        ;;
    '--entry')
        return
        ;;
    '--control')
        return
        ;;
    '--step')
        return
        ;;
    '--steps')
        return
        ;;
    '--scenario')
        __gnca-render_add_completions -W 'grow'$'\n''persist'$'\n''regen'$'\n''rain'$'\n''rotate'
        __gnca-render_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--trials')
        return
        ;;
    '--grid')
        return
        ;;
    '--damage')
        return
        ;;
    '--angle')
        return
        ;;
    '--fire-rate')
        return
        ;;
    '--random-seed')
        return
        ;;
    '--target')
        __gnca-render_add_completions -f
        return
        ;;
    '--radii')
        return
        ;;
    '--moments')
        return
        ;;
    '--stride')
        return
        ;;
    '--channels')
        return
        ;;
    '--size')
        return
        ;;
    '--padding')
        return
        ;;
    '--resampling')
        __gnca-render_add_completions -W 'area'$'\n''nearest'
        return
        ;;
    '--font')
        return
        ;;
    '--key')
        return
        ;;
    '--width')
        return
        ;;
    '--scale')
        return
        ;;
    '--dpi')
        return
        ;;
    '--font-size')
        return
        ;;
    '--gap')
        return
        ;;
    '--columns')
        return
        ;;
    '--caption')
        return
        ;;
    '--theme')
        __gnca-render_add_completions -W 'light'$'\n''dark'
        return
        ;;
    '--background')
        __gnca-render_add_completions -W 'white'$'\n''black'$'\n''transparent'
        return
        ;;
    '--title')
        return
        ;;
    '--author')
        return
        ;;
    '--licence'|'--license')
        return
        ;;
    '--threads')
        return
        ;;
    '--progress')
        __gnca-render_add_completions -W 'auto'$'\n''plain'$'\n''json'$'\n''none'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __gnca-render_add_completions -W 'strip'$'\n''channels'$'\n''rotation'$'\n''recovery'$'\n''compare'$'\n''filters'$'\n''mask'$'\n''quality'$'\n''atlas'$'\n''rates'$'\n''curves'$'\n''portrait'$'\n''lineage'$'\n''loss'$'\n''architecture'
        return
        ;;
    *)
        __gnca-render_add_completions -f
        return
        ;;
    esac
}

_gnca-render_batch() {
    repeating_flags=()
    non_repeating_flags=(--force --overwrite --keep-going --list --dry-run --json --schema --quiet --version -h --help)
    repeating_options=(--set --root)
    non_repeating_options=(--jobs --only --shard --progress)
    __gnca-render_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--set')
        return
        ;;
    '--root')
        __gnca-render_add_completions -d
        return
        ;;
    '--jobs')
        return
        ;;
    '--only')
        return
        ;;
    '--shard')
        __gnca-render_add_completions -W 'auto'
        return
        ;;
    '--progress')
        __gnca-render_add_completions -W 'auto'$'\n''plain'$'\n''json'$'\n''none'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __gnca-render_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    esac
}

_gnca-render_page() {
    repeating_flags=()
    non_repeating_flags=(--bare --no-provenance --compact --overwrite --quiet --version -h --help)
    repeating_options=(--start --caption)
    non_repeating_options=(--output -o --dialect --tensors --entry --control --scenario --grid --fire-rate --angle --random-seed --speed --edges --lead --alt --target --theme --poster-step --size --padding --resampling --font --key --title --author --licence --license)
    __gnca-render_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--output'|'-o')
        __gnca-render_add_completions -f
        return
        ;;
    '--dialect')
        __gnca-render_add_completions -W "$(__gnca-render_custom_complete ---completion page -- --dialect "${COMP_CWORD}" "$(__gnca-render_cursor_index_in_current_word)")"
        return
        ;;
    '--tensors')
        return
        ;;
    '--entry')
        return
        ;;
    '--control')
        return
        ;;
    '--scenario')
        __gnca-render_add_completions -W 'grow'$'\n''persist'$'\n''regen'$'\n''rain'$'\n''rotate'
        __gnca-render_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--grid')
        return
        ;;
    '--start')
        return
        ;;
    '--fire-rate')
        return
        ;;
    '--angle')
        return
        ;;
    '--random-seed')
        return
        ;;
    '--speed')
        return
        ;;
    '--edges')
        __gnca-render_add_completions -W 'zero'$'\n''torus'
        return
        ;;
    '--caption')
        return
        ;;
    '--lead')
        return
        ;;
    '--alt')
        return
        ;;
    '--target')
        __gnca-render_add_completions -f
        return
        ;;
    '--theme')
        __gnca-render_add_completions -W 'light'$'\n''dark'
        return
        ;;
    '--poster-step')
        return
        ;;
    '--size')
        return
        ;;
    '--padding')
        return
        ;;
    '--resampling')
        __gnca-render_add_completions -W 'area'$'\n''nearest'
        return
        ;;
    '--font')
        return
        ;;
    '--key')
        return
        ;;
    '--title')
        return
        ;;
    '--author')
        return
        ;;
    '--licence'|'--license')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __gnca-render_add_completions -f
        return
        ;;
    esac
}

_gnca-render_embed() {
    repeating_flags=()
    non_repeating_flags=(--inline --controls --overwrite --quiet --version -h --help)
    repeating_options=()
    non_repeating_options=(--output -o --poster --caption --alt --label --url --fps)
    __gnca-render_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--output'|'-o')
        __gnca-render_add_completions -f
        return
        ;;
    '--poster')
        __gnca-render_add_completions -f
        return
        ;;
    '--caption')
        return
        ;;
    '--alt')
        return
        ;;
    '--label')
        return
        ;;
    '--url')
        return
        ;;
    '--fps')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __gnca-render_add_completions -f
        return
        ;;
    esac
}

_gnca-render_evaluate() {
    repeating_flags=()
    non_repeating_flags=(--quiet --endurance --json --csv --overwrite --version -h --help)
    repeating_options=()
    non_repeating_options=(--target --output -o --dialect --tensors --entry --control --size --padding --resampling --font --key --threads --progress --trials --random-seed)
    __gnca-render_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--target')
        __gnca-render_add_completions -f
        return
        ;;
    '--output'|'-o')
        __gnca-render_add_completions -f
        return
        ;;
    '--dialect')
        __gnca-render_add_completions -W "$(__gnca-render_custom_complete ---completion evaluate -- --dialect "${COMP_CWORD}" "$(__gnca-render_cursor_index_in_current_word)")"
        return
        ;;
    '--tensors')
        return
        ;;
    '--entry')
        return
        ;;
    '--control')
        return
        ;;
    '--size')
        return
        ;;
    '--padding')
        return
        ;;
    '--resampling')
        __gnca-render_add_completions -W 'area'$'\n''nearest'
        return
        ;;
    '--font')
        return
        ;;
    '--key')
        return
        ;;
    '--threads')
        return
        ;;
    '--progress')
        __gnca-render_add_completions -W 'auto'$'\n''plain'$'\n''json'$'\n''none'
        return
        ;;
    '--trials')
        return
        ;;
    '--random-seed')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __gnca-render_add_completions -f
        return
        ;;
    esac
}

_gnca-render_inspect() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet --version -h --help)
    repeating_options=()
    non_repeating_options=(--dialect --tensors --entry --control)
    __gnca-render_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--dialect')
        __gnca-render_add_completions -W "$(__gnca-render_custom_complete ---completion inspect -- --dialect "${COMP_CWORD}" "$(__gnca-render_cursor_index_in_current_word)")"
        return
        ;;
    '--tensors')
        return
        ;;
    '--entry')
        return
        ;;
    '--control')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __gnca-render_add_completions -f
        return
        ;;
    esac
}

_gnca-render_convert() {
    repeating_flags=()
    non_repeating_flags=(--no-provenance --overwrite --quiet --version -h --help)
    repeating_options=()
    non_repeating_options=(--output -o --format --dialect --tensors --entry --control --title --author --licence --license)
    __gnca-render_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--output'|'-o')
        __gnca-render_add_completions -f
        return
        ;;
    '--format')
        __gnca-render_add_completions -W 'ckpt'$'\n''distill-json'$'\n''safetensors'$'\n''npz'
        return
        ;;
    '--dialect')
        __gnca-render_add_completions -W "$(__gnca-render_custom_complete ---completion convert -- --dialect "${COMP_CWORD}" "$(__gnca-render_cursor_index_in_current_word)")"
        return
        ;;
    '--tensors')
        return
        ;;
    '--entry')
        return
        ;;
    '--control')
        return
        ;;
    '--title')
        return
        ;;
    '--author')
        return
        ;;
    '--licence'|'--license')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __gnca-render_add_completions -f
        return
        ;;
    esac
}

_gnca-render_target() {
    repeating_flags=()
    non_repeating_flags=(--overwrite --quiet --version -h --help)
    repeating_options=()
    non_repeating_options=(--output -o --size --padding --resampling --font --key)
    __gnca-render_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--output'|'-o')
        __gnca-render_add_completions -f
        return
        ;;
    '--size')
        return
        ;;
    '--padding')
        return
        ;;
    '--resampling')
        __gnca-render_add_completions -W 'area'$'\n''nearest'
        return
        ;;
    '--font')
        return
        ;;
    '--key')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __gnca-render_add_completions -f
        return
        ;;
    esac
}

_gnca-render_list() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=()
    __gnca-render_offer_flags_options 0
}

_gnca-render_version() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __gnca-render_offer_flags_options 0
}

_gnca-render_help() {
    repeating_flags=()
    non_repeating_flags=(--version)
    repeating_options=()
    non_repeating_options=()
    __gnca-render_offer_flags_options -1
}

complete -o filenames -F _gnca-render gnca-render
