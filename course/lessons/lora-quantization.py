# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] lang="en"
# # LoRA and quantization: large models on small machines
#
# **What you will be able to do:** count what LoRA trains, merge it without a trace, compute what a model takes in
# memory at a given number of bits, and say where rounding hurts.
#
# ## The idea
#
# A model of 7 billion parameters takes 14 GB at 16 bits. To *train* it with Adam takes several times that: a gradient
# and two moments for every parameter. Two ideas bring it back to one graphics card.
#
# **LoRA** (low-rank adaptation) leaves the weights as they are and learns a *correction* to some matrices, written as
# the product of two thin ones: $\Delta W = \frac{\alpha}{r} B A$. With rank $r = 8$, a matrix of 4,096 by 4,096 is
# corrected by 65,536 numbers instead of 16.8 million. $A$ begins at random, $B$ at **zero**: the model begins exactly
# as it was. After training the product is added to $W$, and inference costs what it did before.
#
# **Quantization** stores each weight as a small integer, with a common *scale* in floating point. 8 bits halve the
# memory of 16, 4 bits halve it again. It rounds, and a weight that is much larger than its neighbours makes the steps
# coarse for all that share its scale: so there are many scales, one per row or per block of 64 weights.
#
# ![Left: bits per character on French of a model of English, by number of parameters trained: 5.5 as it is, 3.7 with LoRA of rank 1 (1.4% of the weights), falling to 3.1 at rank 32, as good as when all weights are trained. Right: bits per character on English by bits per weight: nearly unchanged from 8 down to 5, a little worse at 4, much worse at 3 and 2; one scale per output is better than one per matrix throughout, most of all at 3 bits.](figures/lora-quantization.en.svg)
#
# A small character model of English fables. On the left it learns French (written without accents): rank 1 brings
# three quarters of what training all weights does. On the right its weights are stored with fewer bits: 8 cost
# nothing, 4 cost little, 2 destroy it; and finer scales are worth most where bits are scarce.

# %% [markdown] lang="fr"
# # LoRA et quantification : de grands modèles sur de petites machines
#
# **Ce que vous saurez faire :** compter ce que LoRA entraîne, le fusionner sans laisser de trace, calculer la mémoire
# que prend un modèle à un nombre de bits donné, et dire où l'arrondi fait mal.
#
# ## L'idée
#
# Un modèle de 7 milliards de paramètres occupe 14 Go à 16 bits. L'*entraîner* avec Adam en demande plusieurs fois
# autant : un gradient et deux moments par paramètre. Deux idées le ramènent à une seule carte graphique.
#
# **LoRA** (*low-rank adaptation*) laisse les poids tels quels et apprend une *correction* de certaines matrices,
# écrite comme le produit de deux matrices fines : $\Delta W = \frac{\alpha}{r} B A$. Au rang $r = 8$, une matrice de
# 4 096 par 4 096 est corrigée par 65 536 nombres au lieu de 16,8 millions. $A$ part du hasard, $B$ de **zéro** : le
# modèle commence exactement tel qu'il était. Après l'entraînement, on ajoute le produit à $W$, et l'inférence coûte
# ce qu'elle coûtait.
#
# La **quantification** range chaque poids sous la forme d'un petit entier, avec une *échelle* commune en virgule
# flottante. 8 bits divisent par deux la mémoire de 16, 4 bits encore par deux. Elle arrondit, et un poids bien plus
# grand que ses voisins rend les pas grossiers pour tous ceux qui partagent son échelle : on prend donc beaucoup
# d'échelles, une par ligne ou par bloc de 64 poids.
#
# ![À gauche : bits par caractère en français d'un modèle de l'anglais, selon le nombre de paramètres entraînés : 5,5 tel quel, 3,7 avec LoRA de rang 1 (1,4 % des poids), jusqu'à 3,1 au rang 32, aussi bien qu'en entraînant tous les poids. À droite : bits par caractère en anglais selon le nombre de bits par poids : presque inchangés de 8 à 5, un peu moins bons à 4, bien pires à 3 et à 2 ; une échelle par sortie fait partout mieux qu'une par matrice, surtout à 3 bits.](figures/lora-quantization.fr.svg)
#
# Un petit modèle de caractères, entraîné sur des fables anglaises. À gauche, il apprend le français (écrit sans
# accents) : le rang 1 apporte les trois quarts de ce que donne l'entraînement de tous les poids. À droite, on range
# ses poids sur moins de bits : 8 ne coûtent rien, 4 coûtent peu, 2 le détruisent ; et des échelles plus fines valent
# le plus là où les bits sont rares.

# %% [markdown] lang="en"
# ## The formula
#
# For a linear layer with $W$: $[d_{\mathrm{out}}, d_{\mathrm{in}}]$, $A$: $[r, d_{\mathrm{in}}]$ and $B$:
# $[d_{\mathrm{out}}, r]$,
#
# $$h = W x + \frac{\alpha}{r} B A x, \qquad r\,(d_{\mathrm{in}} + d_{\mathrm{out}}) \text{ parameters trained.}$$
#
# Symmetric quantization to $k$ bits (*absmax*), for all weights $w$ that share a scale $s$:
#
# $$s = \frac{\max |w|}{2^{k-1} - 1}, \qquad q = \mathrm{round}(w / s), \qquad \hat w = s\, q, \qquad |w - \hat w| \le s / 2$$
#
# $P$ parameters of $k$ bits take $P k / 8$ bytes, and the scales a little more.
#
# {{lora-quantization.LoRALinear}}
#
# {{lora-quantization.quantize_absmax}}

# %% [markdown] lang="fr"
# ## La formule
#
# Pour une couche linéaire avec $W$ : $[d_{\mathrm{out}}, d_{\mathrm{in}}]$, $A$ : $[r, d_{\mathrm{in}}]$ et $B$ :
# $[d_{\mathrm{out}}, r]$,
#
# $$h = W x + \frac{\alpha}{r} B A x, \qquad r\,(d_{\mathrm{in}} + d_{\mathrm{out}}) \text{ paramètres entraînés.}$$
#
# La quantification symétrique sur $k$ bits (*absmax*), pour tous les poids $w$ qui partagent une échelle $s$ :
#
# $$s = \frac{\max |w|}{2^{k-1} - 1}, \qquad q = \mathrm{round}(w / s), \qquad \hat w = s\, q, \qquad |w - \hat w| \le s / 2$$
#
# $P$ paramètres de $k$ bits prennent $P k / 8$ octets, et les échelles un peu plus.
#
# {{lora-quantization.LoRALinear}}
#
# {{lora-quantization.quantize_absmax}}

# %% [markdown] lang="en"
# ## In code
#
# Why one factor begins at zero, and only one: the gradient of each is multiplied by the other. With both at zero
# nothing would ever move. Below it, what single outliers cost: torch's own rounding, with one scale for the matrix
# and with one per row.

# %% [markdown] lang="fr"
# ## En code
#
# Pourquoi un facteur part de zéro, et un seul : le gradient de chacun est multiplié par l'autre. Si les deux étaient
# nuls, rien ne bougerait jamais. Au-dessous, ce que coûtent quelques poids isolés très grands : l'arrondi de torch
# lui-même, avec une échelle pour la matrice et avec une par ligne.

# %% id="first-step"
import torch

torch.manual_seed(0)
W, x = torch.randn(6, 8), torch.randn(8)
starts = {
    "A random, B zero": (torch.randn(2, 8), torch.zeros(6, 2)),
    "both zero": (torch.zeros(2, 8), torch.zeros(6, 2)),
    "both random": (torch.randn(2, 8), torch.randn(6, 2)),
}
for name, (A, B) in starts.items():
    A.requires_grad_()
    B.requires_grad_()
    h = W @ x + B @ (A @ x)
    h.square().sum().backward()
    moved = (h - W @ x).abs().max().item()
    print(f"{name:>17}: model moved by {moved:.1f}, gradient of A {A.grad.norm():.1f}, of B {B.grad.norm():.1f}")

# %% id="outliers"
W = torch.randn(64, 256)
W[::16, 0] = 20.0  # four outliers
largest = W.abs().amax(1)
zero = torch.zeros(64, dtype=torch.int32)
whole = torch.fake_quantize_per_tensor_affine(W, largest.max().item() / 7, 0, -7, 7)
rows = torch.fake_quantize_per_channel_affine(W, largest / 7, zero, 0, -7, 7)
for name, stored in (("one scale", whole), ("one per row", rows)):
    error, zeros = (W - stored).abs().mean(), (stored == 0).float().mean()
    print(f"4 bits, {name:>11}: mean error {error:.3f}, rounded to zero {zeros:.0%}")

# %% [markdown] lang="en"
# ## Common mistakes
#
# - **Both factors random.** The model is damaged before the first step; or **both zero**, and it never learns.
# - **$\alpha / r$ left out.** Then every change of rank changes the learning rate as well.
# - **The base left trainable.** The memory saved is gone, and the adapter no longer says what has changed.
# - **Merging twice**, or merging into weights that have been quantized and are rounded again.
# - **Bits taken for bytes.** 7 billion weights at 4 bits are 3.5 GB.
# - **A scale along the wrong axis**, or from the largest value instead of the largest *absolute* value.
# - **Judging by the error of the weights.** What counts is the loss, on text of the kind that the model will see.

# %% [markdown] lang="fr"
# ## Erreurs fréquentes
#
# - **Les deux facteurs au hasard.** Le modèle est abîmé avant le premier pas ; ou **les deux à zéro**, et il
#   n'apprend jamais.
# - **Oublier $\alpha / r$.** Tout changement de rang change alors aussi le pas d'apprentissage.
# - **Laisser la base entraînable.** La mémoire gagnée est perdue, et l'adaptateur ne dit plus ce qui a changé.
# - **Fusionner deux fois**, ou fusionner dans des poids quantifiés, qui sont arrondis de nouveau.
# - **Prendre des bits pour des octets.** 7 milliards de poids sur 4 bits font 3,5 Go.
# - **Une échelle selon le mauvais axe**, ou d'après la plus grande valeur au lieu de la plus grande valeur *absolue*.
# - **Juger par l'erreur sur les poids.** Ce qui compte est la perte, sur du texte du genre que le modèle verra.

# %% [markdown] lang="en"
# ## In today's libraries
#
# `LoraConfig(r=8, lora_alpha=16, target_modules="all-linear")` of PEFT, `merge_and_unload()` at the end; one base can
# serve hundreds of adapters. *QLoRA* trains LoRA on top of a base stored in 4 bits
# (`BitsAndBytesConfig(load_in_4bit=True)`), with a data type, NF4, whose values are spaced as normally distributed
# weights are. For inference, GPTQ and AWQ choose the rounding from sample texts, and llama.cpp's GGUF files run on
# laptops. What does not fit in one machine is *sharded* over several (ZeRO, FSDP) or moved to main memory
# (*offloading*).

# %% [markdown] lang="fr"
# ## Dans les bibliothèques d'aujourd'hui
#
# `LoraConfig(r=8, lora_alpha=16, target_modules="all-linear")` de PEFT, `merge_and_unload()` à la fin ; une seule
# base peut servir des centaines d'adaptateurs. *QLoRA* entraîne LoRA au-dessus d'une base rangée sur 4 bits
# (`BitsAndBytesConfig(load_in_4bit=True)`), avec un type, NF4, dont les valeurs sont espacées comme le sont des poids
# de loi normale. Pour l'inférence, GPTQ et AWQ choisissent l'arrondi d'après des textes d'exemple, et les fichiers
# GGUF de llama.cpp tournent sur un portable. Ce qui ne tient pas dans une machine est *réparti* sur plusieurs (ZeRO,
# FSDP) ou déplacé en mémoire centrale (*offloading*).

# %% [markdown] lang="en"
# ## Sources
#
# - E. Hu et al. (2021), [*LoRA: Low-Rank Adaptation of Large Language Models*](https://arxiv.org/abs/2106.09685),
#   section 4.1.
# - T. Dettmers et al. (2022), [*LLM.int8()*](https://arxiv.org/abs/2208.07339), sections 2 and 4, on outliers.
# - T. Dettmers et al. (2023), [*QLoRA*](https://arxiv.org/abs/2305.14314), section 3.

# %% [markdown] lang="fr"
# ## Sources
#
# - E. Hu et al. (2021), [*LoRA: Low-Rank Adaptation of Large Language Models*](https://arxiv.org/abs/2106.09685),
#   section 4.1.
# - T. Dettmers et al. (2022), [*LLM.int8()*](https://arxiv.org/abs/2208.07339), sections 2 et 4, sur les valeurs
#   aberrantes.
# - T. Dettmers et al. (2023), [*QLoRA*](https://arxiv.org/abs/2305.14314), section 3.
